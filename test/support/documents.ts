import { documentFaults } from '../../src/db/documents.ts';
import { eventKeyFaults } from '../../src/db/eventKeys.ts';
import type { Store } from '../../src/db/store.ts';

/** What is wrong with what a store derives, its documents and the keys of its events: a line for each fault. */
export async function faultsOf(store: Store): Promise<string[]> {
  const faults: string[] = [];
  for await (const { kind, ...found } of documentFaults(store.db)) {
    for (const [fault, ids] of Object.entries(found))
      faults.push(...ids.map((id) => `${fault}: ${kind} ${id}`));
  }
  const { surplus, missing } = await eventKeyFaults(store.db);
  faults.push(...surplus.map((key) => `surplus key: ${key}`), ...missing.map((key) => `missing key: ${key}`));
  return faults;
}
