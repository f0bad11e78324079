import { documentFaults } from '../../src/db/documents.ts';
import type { Store } from '../../src/db/store.ts';

/** What is wrong with the documents of a store: a line for each that is missing, out of date or without a record. */
export async function faultsOf(store: Store): Promise<string[]> {
  const faults: string[] = [];
  for await (const { kind, ...found } of documentFaults(store.db)) {
    for (const [fault, ids] of Object.entries(found))
      faults.push(...ids.map((id) => `${fault}: ${kind} ${id}`));
  }
  return faults;
}
