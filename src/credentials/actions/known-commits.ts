/**
 * Commits of releases that workflows pin and that the catalogue, which has one version a major, does not hold; for actions whose
 * behaviour differs within a major. By name in lower case. Source: pins of public workflows that name the exact tag behind the
 * commit; a commit that no such pin names is not here, and then nobody knows its version.
 */
export const KNOWN_COMMITS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "actions/checkout": {
    "9c091bb21b7c1c1d1991bb908d89e4e9dddfe3e0": "v7.0.0",
    df4cb1c069e1874edd31b4311f1884172cec0e10: "v6.0.3",
    de0fac2e4500dabe0009e67214ff5f5447ce83dd: "v6.0.2",
    "8e8c483db84b4bee98b60c0593521ed34d9990e8": "v6.0.1",
    "1af3b93b6815bc44a9784bd300feb67ff0d1eeb3": "v6.0.0",
    "93cb6efe18208431cddfb8368fd83d5badbf9bfd": "v5.0.1",
    "08c6903cd8c0fde910a37f88322edcfb5dd907a8": "v5.0.0",
    "34e114876b0b11c390a56381ad16ebd13914f8d5": "v4.3.1",
    "08eba0b27e820071cde6df949e0beb9ba4906955": "v4.3.0",
    "11bd71901bbe5b1630ceea73d27597364c9af683": "v4.2.2",
    "692973e3d937129bcbf40652eb9f2f61becf3332": "v4.1.7",
    b4ffde65f46336ab88eb53be808477a3936bae11: "v4.1.1",
    f43a0e5ff2bd294095638e18286ca9a3d1956744: "v3.6.0",
    "2541b1294d2704b0964813337f33b291d3f8596b": "v3.0.2",
    "5a4ac9002d0be2fb38bd78e4b4dbde5606d7042f": "v2.3.4",
  },
  "peter-evans/create-pull-request": {
    c0f553fe549906ede9cf27b5156039d195d2ece0: "v8.1.0",
    "271a8d0340265f705b14b6d32b9829c1cb33d45e": "v7.0.8",
  },
};
