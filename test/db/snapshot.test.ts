import { expect, test } from 'vitest';
import type { Store } from '../../src/db/store.ts';
import { tables } from '../../src/db/tables.ts';
import { openTestStore } from '../support/store.ts';

// Exports read from a snapshot on the event loop, and must not block it, however many statements they need.

async function withStore(work: (store: Store) => Promise<void>) {
  const { store, remove } = await openTestStore();
  try {
    await work(store);
  } finally {
    await remove();
  }
}

test('between any two statements of snapshots, the event loop goes round', async () => {
  await withStore(async (store) => {
    const snapshots = await Promise.all([store.snapshot(), store.snapshot(), store.snapshot()]);
    let rounds = 0;
    let counting = true;
    const count = (): void => {
      rounds += 1;
      if (counting) setImmediate(count);
    };
    setImmediate(count);
    const seen = await Promise.all(
      snapshots.flatMap(({ db }) =>
        Array.from({ length: 5 }, async () => {
          await db.select({ id: tables.events.id }).from(tables.events);
          return rounds;
        }),
      ),
    );
    counting = false;
    expect(new Set(seen).size).toBe(15);
    for (const snapshot of snapshots) await snapshot.close();
  });
});

test('a statement that waits for its turn when the snapshot is closed is given up', async () => {
  await withStore(async (store) => {
    const snapshot = await store.snapshot();
    const waiting = snapshot.db.select({ id: tables.events.id }).from(tables.events).execute();
    const outcome = expect(waiting).rejects.toMatchObject({ code: 'abandoned' });
    await snapshot.close();
    await outcome;
  });
});
