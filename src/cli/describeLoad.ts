import { seedKinds } from '../seed/files/format.ts';
import type { LoadSummary } from '../seed/load/load.ts';
import { describeDeferred } from '../seed/load/shared.ts';

/** What a load did, in lines for a user at a terminal. */
export function describeLoad(summary: LoadSummary): string {
  const rows = seedKinds.map(
    (kind) =>
      `  ${kind.padEnd(10)} ${String(summary.added[kind]).padStart(5)} added ${String(summary.changed[kind]).padStart(5)} changed ${String(summary.unchanged[kind]).padStart(5)} unchanged`,
  );
  return [
    `${summary.dataset} ${summary.version}`,
    ...rows,
    ...describeDeferred(summary.deferred).map((line) => `  ${line}`),
    `  ${summary.retired} retired; words of ${summary.passages.stored} of ${summary.passages.cited} cited passages in the store`,
  ].join('\n');
}
