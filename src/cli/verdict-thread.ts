// The second thread of a command that works out many files' pushes.
import { parentPort, workerData } from "node:worker_threads";
import { workOutShare } from "../project/lint/work-out-share.ts";
import type { WorkOrder } from "../project/lint/share-work.ts";

parentPort?.postMessage(await workOutShare(workerData as WorkOrder));
