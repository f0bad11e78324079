/** Results that are kept: some megabytes for words and names. */
const MOST = 20_000;

/** A function of a text that keeps its last results: the same words and names come again and again in what is loaded. */
export function remembered<T>(work: (text: string) => T): (text: string) => T {
  const results = new Map<string, T>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) return known;
    const result = work(text);
    if (results.size >= MOST) results.clear();
    results.set(text, result);
    return result;
  };
}
