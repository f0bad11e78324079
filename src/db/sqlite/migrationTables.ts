// The face drizzle-kit reads to generate `migrations/sqlite` (`npm run migration`).
import { tables } from '../tables.ts';

export const {
  datasets,
  topics,
  actors,
  sources,
  sourceContributors,
  sourceDerivations,
  actorAliases,
  affiliations,
  events,
  eventParticipants,
  eventTopics,
  statements,
  statementAbout,
  statementTopics,
  claims,
  claimAbout,
  claimTopics,
  claimContradictions,
  positions,
  citations,
  passages,
  searchDocuments,
  retiredIds,
  changes,
} = tables;
