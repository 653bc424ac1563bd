/** Ends the process. Sources that call `process.exit` get an error instead, so flowkeep keeps its own way out. */
export const endProcess = process.exit.bind(process);
