import fc from "fast-check";

// The short suite answers the same twice: it decides whether a change lands, and a change must not fail for a
// mistake that was there before it. The long suite draws new examples each time; a failure prints its seed.
if (process.env["SUITE"] !== "long") fc.configureGlobal({ seed: 20_261_122 });
