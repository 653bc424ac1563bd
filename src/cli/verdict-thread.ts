// The second thread of a command that works out many files' pushes.
import { parentPort, workerData } from "node:worker_threads";
import { workOutShare } from "../project/pushes/work-out-share.ts";
import type { VerdictOrder } from "../project/pushes/share-verdicts.ts";

parentPort?.postMessage(await workOutShare(workerData as VerdictOrder));
