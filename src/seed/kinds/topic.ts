import type { Definition } from './definition.ts';

/** Topics: what records are about, in a hierarchy. */
export const topic: Definition<'topic'> = {
  section: 'topics',
  shared: true,
  read: ({ topics = [] }) => topics,
  above: { field: 'broader', of: ({ broader }) => broader },
  references: () => [],
  row: ({ id, label, description, broader, contentHash }, dataset) => ({
    id,
    label,
    description,
    broader: broader ?? null,
    definedBy: dataset,
    contentHash,
  }),
  parts: [],
  text: ({ label, description }) => ({ title: label, body: [description] }),
};
