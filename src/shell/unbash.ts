/** The one place that knows `unbash` by name: what reads its trees gets them from here. */
export { parse } from "unbash";
export type * from "unbash";
