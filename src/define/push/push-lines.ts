/** Reads one element a line from an environment variable, as bash 3.2 can (it has no `mapfile`). Empty lines do not count. */
export function readArray(array: string, variable: string): string {
  return `IFS=$'\\n' read -rd '' -a ${array} <<<"$${variable}" || [[ -n \${${array}[0]-} ]] || fail "${variable} is empty."`;
}
