// The form in which the catalogue ships: src/actions/packed-action.ts reads it.

/** The text of the packed catalogue: JSON with one action a line, sorted by name. */
export function catalogText(versionsByName) {
  const lines = [...versionsByName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, versions]) => `${JSON.stringify(name)}:${JSON.stringify(packAction(versions))}`);
  return `{\n${lines.join(",\n")}\n}\n`;
}

/**
 * `inputs` and `interfaces` hold each different one once; versions and interfaces point into them. An input is
 * [name, required, default, deprecated].
 */
function packAction(versions) {
  const inputs = distinct();
  const interfaces = distinct();
  const packed = versions.map(
    ({ major, tag, branch, sha, majorRef, interface: { using, inputs: given, ...rest } }) => ({
      major,
      tag,
      branch,
      sha,
      majorRef: majorRef && {
        type: majorRef.type,
        name: majorRef.name,
        sha: majorRef.sha === sha ? undefined : majorRef.sha,
        sameInterface: majorRef.sameInterface,
      },
      interface: interfaces.indexOf({
        using,
        inputs: [...given].map(([name, input]) =>
          inputs.indexOf([name, Number(input.required), input.default ?? null, Number(input.deprecated !== undefined)]),
        ),
        outputs: rest.outputs,
        nested: rest.nested,
        image: rest.image,
      }),
    }),
  );
  return { inputs: inputs.values, interfaces: interfaces.values, versions: packed };
}

/** A list that holds equal values once; `indexOf` adds what is new. */
function distinct() {
  const places = new Map();
  const values = [];
  const indexOf = (value) => {
    const key = JSON.stringify(value);
    if (!places.has(key)) places.set(key, values.push(value) - 1);
    return places.get(key);
  };
  return { values, indexOf };
}
