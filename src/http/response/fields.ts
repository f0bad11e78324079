/** A record with only those of its fields that the request names; all of it when it names none. */
export function pickFields<T extends object>(record: T, names: readonly string[] | undefined): Partial<T> {
  if (!names) return record;
  const picked: Partial<T> = {};
  for (const name in record) if (names.includes(name)) picked[name] = record[name];
  return picked;
}
