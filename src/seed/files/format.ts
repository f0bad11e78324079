import { z } from 'zod';
import { isCountryCode, suggestCountry } from '../../domain/countries.ts';
import * as vocabulary from '../../domain/vocabularies.ts';
import { citations, seedCitation } from './citation.ts';
import { edtfDate, reference, sha256, slug, text, vocabularyWord } from './fields.ts';
import { seedFigure } from './figure.ts';

/** The kinds of record that dataset files list: all but the dataset itself. */
export const seedKinds = vocabulary.words(vocabulary.recordKinds).filter((kind) => kind !== 'dataset');
export type SeedKind = (typeof seedKinds)[number];

/** What is wrong with a place's country, with the code that was probably meant. */
const notACountry = ({ input }: { input?: unknown }): string => {
  const meant = suggestCountry(String(input));
  return `${JSON.stringify(input)} is not an ISO 3166-1 alpha-2 code${meant === undefined ? '' : ` (did you mean ${meant}?)`}`;
};

/** The kinds of source that have a text: those of articles. */
const { dataset: _collection, ...articleKinds } = vocabulary.sourceKinds;

/** The kinds of actor that dataset files may use. `unspecified` is not one of them: an author knows what an actor is. */
const { unspecified: _unspecified, ...describedKinds } = vocabulary.actorKinds;

const topics = z.array(reference('a topic')).min(1, 'must have at least one topic');

export const seedLink = z
  .strictObject({
    relation: vocabularyWord(vocabulary.linkRelations),
    event: reference('the other event'),
    basis: vocabularyWord(vocabulary.linkBases),
    citations: z.array(seedCitation).optional().describe('The passages that say so; only of told links'),
  })
  .refine(
    ({ basis, citations: cited = [] }) => (basis === 'told') === cited.length > 0,
    'a told link needs a citation, an inferred one has none',
  )
  .refine(
    ({ basis, relation }) => basis === 'told' || relation !== 'prompts',
    'that one event prompts another is never inferred: a text must say so',
  );

export const seedDataset = z.strictObject({
  id: slug('Id of the dataset'),
  title: text('Title'),
  description: text('What it covers'),
  licence: text('SPDX identifier of the licence of the records'),
  citation: text('How to cite it'),
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, 'must be a version such as 1.4.0')
    .describe('Version (SemVer); a store never goes back to an older one'),
});

export const seedSource = z.strictObject({
  id: slug('Id of the source'),
  title: text("The article's title; a supplied title in square brackets where it has none"),
  kind: vocabularyWord(articleKinds),
  publisher: reference('the actor that published it; omitted when the article does not name one').optional(),
  republisher: reference('the actor on whose pages the text was found, if another').optional(),
  contributors: z
    .array(
      z.strictObject({
        actor: reference('an actor'),
        role: vocabularyWord(vocabulary.contributorRoles),
      }),
    )
    .optional()
    .describe('Those the credits name, in their order'),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'must be a BCP 47 language tag')
    .describe('BCP 47 language tag'),
  published: edtfDate('When it was published'),
  derivedFrom: z
    .array(reference('a source whose report this one repeats'))
    .optional()
    .describe('Sources of which it is not independent'),
  text: z.strictObject({
    file: text("File name of the article's text"),
    sha256: sha256.describe("SHA-256 of the file's bytes"),
    length: z.int().min(1).describe('Length in code points'),
    paratext: z
      .array(
        z.strictObject({
          start: z.int().min(0).describe('First code point'),
          end: z.int().min(1).describe('Code point after the last one'),
          kind: vocabularyWord(vocabulary.paratextKinds),
        }),
      )
      .optional()
      .describe('What is not the body of the article, and so need not be cited'),
  }),
});

export const seedTopic = z.strictObject({
  id: slug('Id of the topic'),
  label: text('Label'),
  description: text('What belongs to it'),
  broader: reference('the topic above it').optional(),
});

export const seedActor = z.strictObject({
  id: slug('Id of the actor'),
  name: text('Preferred name'),
  kind: vocabularyWord(describedKinds),
  description: text('Who it is, in our own words'),
  parent: reference("the actor it is part of: a ministry's state, an army's ministry").optional(),
  aliases: z
    .array(
      z.strictObject({
        name: text('A surface form, exactly as a source has it, misspellings included'),
        sources: z
          .array(reference('a source that uses it'))
          .min(1)
          .optional()
          .describe("Sources that use it; the default is the file's `source`"),
      }),
    )
    .optional(),
  affiliations: z
    .array(
      z.strictObject({
        title: text('Title or relation'),
        organization: reference('the body in which the actor has this title').optional(),
        during: edtfDate('When the text shows that the actor has this title'),
        citations,
      }),
    )
    .optional(),
});

export const seedEvent = z
  .strictObject({
    id: slug('Id of the event'),
    title: text('Title in our own words'),
    summary: text('What happened, in our own words'),
    type: vocabularyWord(vocabulary.eventTypes)
      .optional()
      .describe('PLOVER event type; omitted when no interaction took place'),
    mode: z.enum(vocabulary.modes).optional().describe('PLOVER mode of that type'),
    status: vocabularyWord(vocabulary.eventStatuses),
    date: edtfDate('When it took or takes place'),
    place: z
      .strictObject({
        name: text('Name of the place'),
        country: z
          .string()
          .regex(/^[A-Z]{2}$/, { error: notACountry, abort: true })
          .refine(isCountryCode, { error: notACountry })
          .optional()
          .describe('ISO 3166-1 alpha-2'),
        latitude: z.number().min(-90).max(90).optional(),
        longitude: z.number().min(-180).max(180).optional(),
      })
      .refine((place) => (place.latitude === undefined) === (place.longitude === undefined), {
        message: 'latitude and longitude go together',
      })
      .optional(),
    participants: z
      .array(
        z.strictObject({
          actor: reference('an actor'),
          role: vocabularyWord(vocabulary.participantRoles),
          onBehalfOf: reference('the state or body it represents there').optional(),
        }),
      )
      .min(1, 'must have at least one participant'),
    topics,
    links: z.array(seedLink).optional().describe('What this event is part of, fulfils, prompts or ends'),
    figures: z.array(seedFigure).optional().describe('The numbers that the texts give of it'),
    citations,
  })
  .superRefine((event, context) => {
    if (event.mode === undefined) return;
    const allowed = event.type === undefined ? [] : vocabulary.modesOf(event.type);
    if (!allowed.includes(event.mode)) {
      context.addIssue({
        code: 'custom',
        path: ['mode'],
        message: `${event.type ?? 'an event without a type'} has ${allowed.length ? `the modes ${allowed.join(', ')}` : 'no modes'}`,
      });
    }
  });

export const seedStatement = z.strictObject({
  id: slug('Id of the statement'),
  speaker: reference('the actor whose words they are'),
  relayedBy: reference('the actor that reports them: a website, a post, a spokesman').optional(),
  onBehalfOf: reference('the state or body the speaker speaks for').optional(),
  form: vocabularyWord(vocabulary.statementForms),
  medium: vocabularyWord(vocabulary.statementMedia)
    .optional()
    .describe('Where it was made; omitted when the text does not say'),
  said: edtfDate('When it was made; when the text gives no date, a set that ends at publication'),
  gist: text('What it says, in our own words'),
  occasion: reference('the event at which it was made').optional(),
  about: z.array(reference('an actor it is about')).optional(),
  topics,
  citations,
});

export const seedClaim = z.strictObject({
  id: slug('Id of the claim'),
  proposition: text('The proposition in our own words: checkable, one idea'),
  kind: vocabularyWord(vocabulary.claimKinds),
  about: z.array(reference('an actor it is about')).optional(),
  event: reference('the event it is about').optional(),
  topics,
  contradicts: z
    .array(reference('a claim that cannot be true together with it'))
    .optional()
    .describe('Stated on either side; it holds both ways'),
  positions: z
    .array(
      z.strictObject({
        actor: reference('an actor'),
        stance: vocabularyWord(vocabulary.stances),
        statement: reference('the statement in which it takes it').optional(),
        since: edtfDate('When the actor is first known to take this position'),
        citations,
      }),
    )
    .min(1, 'must have at least one position'),
  figures: z.array(seedFigure).optional().describe('The numbers in the proposition'),
});

export const seedRetired = z
  .strictObject({
    kind: z.enum(seedKinds).describe('Kind of record'),
    id: slug('The id that is no longer in use'),
    mergedInto: slug('The record of the same kind that it became part of').optional(),
    reason: text('Why').optional(),
  })
  .refine((retired) => retired.mergedInto !== undefined || retired.reason !== undefined, {
    message: 'must say what it was merged into, or the reason for withdrawing it',
  });

export const seedException = z.strictObject({
  kind: z
    .enum(['name', 'quotation', 'twins'])
    .describe(
      'What it would otherwise be taken for: an unrecorded name or quotation, or one event recorded twice',
    ),
  text: text('The words exactly as an article has them; for twins, the ids of the two events'),
  reason: text('Why it is none'),
});

/**
 * One dataset file. A dataset is a folder of such files, read together; `source`
 * applies to the citations and surface forms of its own file that name none.
 */
export const seedFile = z
  .strictObject({
    dataset: seedDataset.optional(),
    source: reference('the source that citations and surface forms of this file come from').optional(),
    sources: z.array(seedSource).optional(),
    topics: z.array(seedTopic).optional(),
    actors: z.array(seedActor).optional(),
    events: z.array(seedEvent).optional(),
    statements: z.array(seedStatement).optional(),
    claims: z.array(seedClaim).optional(),
    retired: z
      .array(seedRetired)
      .optional()
      .describe('Ids that earlier versions had: a record never just disappears'),
    exceptions: z
      .array(seedException)
      .optional()
      .describe('What verification would find fault with, and why it is none'),
  })
  .meta({ title: 'Attest dataset file' });

export type SeedFile = z.infer<typeof seedFile>;
export type SeedCitation = z.infer<typeof seedCitation>;
export type SeedDataset = z.infer<typeof seedDataset>;
export type SeedSource = z.infer<typeof seedSource>;
export type SeedTopic = z.infer<typeof seedTopic>;
export type SeedActor = z.infer<typeof seedActor>;
export type SeedFigure = z.infer<typeof seedFigure>;
export type SeedLink = z.infer<typeof seedLink>;
export type SeedEvent = z.infer<typeof seedEvent>;
export type SeedStatement = z.infer<typeof seedStatement>;
export type SeedClaim = z.infer<typeof seedClaim>;
export type SeedRetired = z.infer<typeof seedRetired>;
export type SeedException = z.infer<typeof seedException>;
