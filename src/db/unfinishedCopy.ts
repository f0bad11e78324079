import { StoreError } from '../domain/errors.ts';
import type { Database } from './database.ts';
import { tables } from './tables.ts';

/** Throws a StoreError when a store is a copy that was interrupted: it lacks records, and nothing says which. */
export async function refuseUnfinished(db: Database): Promise<void> {
  const unfinished = await db.select({ step: tables.copies.step }).from(tables.copies).limit(1);
  if (unfinished.length > 0)
    throw new StoreError(
      'incomplete',
      'the store in DATABASE_URL is an unfinished copy: run the same `npm run copy` again to complete it, or delete it',
    );
}
