CREATE TABLE `actorAliases` (
	`actor` text NOT NULL,
	`name` text NOT NULL,
	`source` text NOT NULL,
	`ordinal` integer NOT NULL,
	`nameFolded` text NOT NULL,
	PRIMARY KEY(`actor`, `name`, `source`),
	FOREIGN KEY (`actor`) REFERENCES `actors`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`source`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `actorAliasesByName` ON `actorAliases` (`nameFolded`);--> statement-breakpoint
CREATE INDEX `actorAliasesBySource` ON `actorAliases` (`source`,`actor`);--> statement-breakpoint
CREATE TABLE `actors` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`nameFolded` text NOT NULL,
	`kind` text NOT NULL,
	`description` text NOT NULL,
	`parent` text,
	`definedBy` text NOT NULL,
	`contentHash` text NOT NULL,
	FOREIGN KEY (`parent`) REFERENCES `actors`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`definedBy`) REFERENCES `datasets`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "actorKind" CHECK("actors"."kind" in ('person', 'organization', 'state', 'group'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `actorsByName` ON `actors` (`nameFolded`,`id`);--> statement-breakpoint
CREATE INDEX `actorsByKind` ON `actors` (`kind`);--> statement-breakpoint
CREATE INDEX `actorsByParent` ON `actors` (`parent`);--> statement-breakpoint
CREATE TABLE `affiliations` (
	`id` text PRIMARY KEY NOT NULL,
	`actor` text NOT NULL,
	`ordinal` integer NOT NULL,
	`title` text NOT NULL,
	`organization` text,
	`during` text NOT NULL,
	`earliest` text,
	`latest` text,
	`sortDay` text NOT NULL,
	FOREIGN KEY (`actor`) REFERENCES `actors`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization`) REFERENCES `actors`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "affiliationDays" CHECK("affiliations"."earliest" <= "affiliations"."latest")
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `affiliationsByActor` ON `affiliations` (`actor`,`ordinal`);--> statement-breakpoint
CREATE INDEX `affiliationsByOrganization` ON `affiliations` (`organization`);--> statement-breakpoint
CREATE TABLE `changes` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`dataset` text NOT NULL,
	`action` text NOT NULL,
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`contentHash` text,
	`mergedInto` text,
	FOREIGN KEY (`dataset`) REFERENCES `datasets`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "changeAction" CHECK("changes"."action" in ('put', 'delete', 'merge')),
	CONSTRAINT "changeKind" CHECK("changes"."kind" in ('dataset', 'topic', 'actor', 'source', 'event', 'statement', 'claim'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `changesByRecord` ON `changes` (`kind`,`id`);--> statement-breakpoint
CREATE INDEX `changesByDataset` ON `changes` (`dataset`);--> statement-breakpoint
CREATE TABLE `citations` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`event` text,
	`statement` text,
	`position` text,
	`affiliation` text,
	`ordinal` integer NOT NULL,
	`source` text NOT NULL,
	`start` integer NOT NULL,
	`end` integer NOT NULL,
	`sha256` text NOT NULL,
	`phrase` text,
	`reports` text,
	FOREIGN KEY (`event`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`statement`) REFERENCES `statements`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`position`) REFERENCES `positions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`affiliation`) REFERENCES `affiliations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`source`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "citationOfOneRecord" CHECK((case when "citations"."event" is null then 0 else 1 end) + (case when "citations"."statement" is null then 0 else 1 end) + (case when "citations"."position" is null then 0 else 1 end) + (case when "citations"."affiliation" is null then 0 else 1 end) = 1),
	CONSTRAINT "citationPassage" CHECK("citations"."start" >= 0 and "citations"."end" > "citations"."start"),
	CONSTRAINT "citationSha256" CHECK(length("citations"."sha256") = 64)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `citationsByEvent` ON `citations` (`event`,`ordinal`);--> statement-breakpoint
CREATE UNIQUE INDEX `citationsByStatement` ON `citations` (`statement`,`ordinal`);--> statement-breakpoint
CREATE UNIQUE INDEX `citationsByPosition` ON `citations` (`position`,`ordinal`);--> statement-breakpoint
CREATE UNIQUE INDEX `citationsByAffiliation` ON `citations` (`affiliation`,`ordinal`);--> statement-breakpoint
CREATE INDEX `citationsBySource` ON `citations` (`source`,`start`);--> statement-breakpoint
CREATE INDEX `citationsReporting` ON `citations` (`event`) WHERE "citations"."reports" is not null;--> statement-breakpoint
CREATE TABLE `claimAbout` (
	`claim` text NOT NULL,
	`actor` text NOT NULL,
	`ordinal` integer NOT NULL,
	PRIMARY KEY(`claim`, `actor`),
	FOREIGN KEY (`claim`) REFERENCES `claims`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`actor`) REFERENCES `actors`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `claimAboutByActor` ON `claimAbout` (`actor`,`claim`);--> statement-breakpoint
CREATE TABLE `claimContradictions` (
	`claim` text NOT NULL,
	`contradicts` text NOT NULL,
	PRIMARY KEY(`claim`, `contradicts`),
	FOREIGN KEY (`claim`) REFERENCES `claims`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`contradicts`) REFERENCES `claims`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "claimContradictsAnother" CHECK("claimContradictions"."claim" <> "claimContradictions"."contradicts")
) STRICT;
--> statement-breakpoint
CREATE INDEX `claimContradictionsByOther` ON `claimContradictions` (`contradicts`);--> statement-breakpoint
CREATE TABLE `claimTopics` (
	`claim` text NOT NULL,
	`topic` text NOT NULL,
	`ordinal` integer NOT NULL,
	PRIMARY KEY(`claim`, `topic`),
	FOREIGN KEY (`claim`) REFERENCES `claims`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`topic`) REFERENCES `topics`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `claimTopicsByTopic` ON `claimTopics` (`topic`,`claim`);--> statement-breakpoint
CREATE TABLE `claims` (
	`id` text PRIMARY KEY NOT NULL,
	`dataset` text NOT NULL,
	`proposition` text NOT NULL,
	`kind` text NOT NULL,
	`event` text,
	`standing` text NOT NULL,
	`independentSources` integer NOT NULL,
	`sortDay` text NOT NULL,
	`contentHash` text NOT NULL,
	FOREIGN KEY (`dataset`) REFERENCES `datasets`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`event`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "claimKind" CHECK("claims"."kind" in ('factual', 'causal', 'predictive', 'normative', 'allegation')),
	CONSTRAINT "claimStanding" CHECK("claims"."standing" in ('disputed', 'corroborated', 'single-source'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `claimsByDay` ON `claims` (`sortDay`,`id`);--> statement-breakpoint
CREATE INDEX `claimsByDataset` ON `claims` (`dataset`);--> statement-breakpoint
CREATE INDEX `claimsByKind` ON `claims` (`kind`);--> statement-breakpoint
CREATE INDEX `claimsByStanding` ON `claims` (`standing`);--> statement-breakpoint
CREATE INDEX `claimsByEvent` ON `claims` (`event`);--> statement-breakpoint
CREATE TABLE `datasets` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`description` text NOT NULL,
	`licence` text NOT NULL,
	`citation` text NOT NULL,
	`version` text NOT NULL,
	`contentHash` text NOT NULL,
	`loadedAt` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `eventParticipants` (
	`event` text NOT NULL,
	`ordinal` integer NOT NULL,
	`actor` text NOT NULL,
	`role` text NOT NULL,
	`onBehalfOf` text,
	PRIMARY KEY(`event`, `ordinal`),
	FOREIGN KEY (`event`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`actor`) REFERENCES `actors`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`onBehalfOf`) REFERENCES `actors`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "participantRole" CHECK("eventParticipants"."role" in ('initiator', 'recipient', 'participant', 'host', 'mediator', 'witness', 'signatory', 'affected'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `eventParticipantsByActor` ON `eventParticipants` (`actor`,`role`,`event`);--> statement-breakpoint
CREATE INDEX `eventParticipantsByPrincipal` ON `eventParticipants` (`onBehalfOf`,`role`,`event`);--> statement-breakpoint
CREATE TABLE `eventTopics` (
	`event` text NOT NULL,
	`topic` text NOT NULL,
	`ordinal` integer NOT NULL,
	PRIMARY KEY(`event`, `topic`),
	FOREIGN KEY (`event`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`topic`) REFERENCES `topics`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `eventTopicsByTopic` ON `eventTopics` (`topic`,`event`);--> statement-breakpoint
CREATE TABLE `events` (
	`id` text PRIMARY KEY NOT NULL,
	`dataset` text NOT NULL,
	`title` text NOT NULL,
	`summary` text NOT NULL,
	`type` text,
	`mode` text,
	`status` text NOT NULL,
	`date` text NOT NULL,
	`earliest` text,
	`latest` text,
	`sortDay` text NOT NULL,
	`placeName` text,
	`country` text,
	`latitude` real,
	`longitude` real,
	`contentHash` text NOT NULL,
	FOREIGN KEY (`dataset`) REFERENCES `datasets`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "eventType" CHECK("events"."type" in ('AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT', 'REQUEST', 'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT')),
	CONSTRAINT "eventMode" CHECK("events"."mode" in ('abduct', 'access', 'allege', 'arrest', 'assassinate', 'assist', 'ban', 'beat', 'boycott', 'ceasefire', 'censor', 'change', 'cleansing', 'convict', 'crowd-control', 'curfew', 'demo', 'deport', 'disapprove', 'disarm', 'discontinue', 'drone', 'execute', 'expel', 'explosives', 'firearms', 'heavy-weapons', 'hunger', 'investigate', 'martial-law', 'meet', 'militia', 'misinform', 'multilateral', 'obstruct', 'phone', 'police', 'primitive', 'relations', 'release', 'resign', 'restrict', 'return', 'riot', 'seize', 'sexual', 'strike', 'suicide-attack', 'territory', 'third-party', 'torture', 'troops', 'unconventional', 'violence', 'visit', 'weapons', 'withdraw', 'withhold', 'yield')),
	CONSTRAINT "eventStatus" CHECK("events"."status" in ('occurred', 'ongoing', 'planned', 'proposed', 'alleged', 'cancelled')),
	CONSTRAINT "eventDays" CHECK("events"."earliest" <= "events"."latest"),
	CONSTRAINT "eventModeNeedsType" CHECK("events"."mode" is null or "events"."type" is not null),
	CONSTRAINT "eventPlace" CHECK("events"."country" is null or "events"."placeName" is not null),
	CONSTRAINT "eventCoordinates" CHECK(("events"."latitude" is null) = ("events"."longitude" is null))
) STRICT;
--> statement-breakpoint
CREATE INDEX `eventsByDay` ON `events` (`sortDay`,`id`);--> statement-breakpoint
CREATE INDEX `eventsByEarliest` ON `events` (`earliest`);--> statement-breakpoint
CREATE INDEX `eventsByLatest` ON `events` (`latest`);--> statement-breakpoint
CREATE INDEX `eventsByDataset` ON `events` (`dataset`);--> statement-breakpoint
CREATE INDEX `eventsByType` ON `events` (`type`);--> statement-breakpoint
CREATE INDEX `eventsByMode` ON `events` (`mode`);--> statement-breakpoint
CREATE INDEX `eventsByStatus` ON `events` (`status`);--> statement-breakpoint
CREATE INDEX `eventsByCountry` ON `events` (`country`);--> statement-breakpoint
CREATE TABLE `passages` (
	`sha256` text PRIMARY KEY NOT NULL,
	`text` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `positions` (
	`id` text PRIMARY KEY NOT NULL,
	`claim` text NOT NULL,
	`ordinal` integer NOT NULL,
	`actor` text NOT NULL,
	`stance` text NOT NULL,
	`statement` text,
	`since` text NOT NULL,
	`earliest` text,
	`latest` text,
	`sortDay` text NOT NULL,
	FOREIGN KEY (`claim`) REFERENCES `claims`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`actor`) REFERENCES `actors`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`statement`) REFERENCES `statements`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "stance" CHECK("positions"."stance" in ('asserts', 'supports', 'reports', 'doubts', 'denies')),
	CONSTRAINT "positionDays" CHECK("positions"."earliest" <= "positions"."latest")
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `positionsByClaim` ON `positions` (`claim`,`ordinal`);--> statement-breakpoint
CREATE INDEX `positionsByActor` ON `positions` (`actor`,`stance`,`claim`);--> statement-breakpoint
CREATE INDEX `positionsByStance` ON `positions` (`stance`,`claim`);--> statement-breakpoint
CREATE INDEX `positionsByStatement` ON `positions` (`statement`);--> statement-breakpoint
CREATE INDEX `positionsByEarliest` ON `positions` (`earliest`);--> statement-breakpoint
CREATE INDEX `positionsByLatest` ON `positions` (`latest`);--> statement-breakpoint
CREATE TABLE `retiredIds` (
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`dataset` text NOT NULL,
	`mergedInto` text,
	`reason` text,
	PRIMARY KEY(`kind`, `id`),
	FOREIGN KEY (`dataset`) REFERENCES `datasets`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "retiredKind" CHECK("retiredIds"."kind" in ('dataset', 'topic', 'actor', 'source', 'event', 'statement', 'claim')),
	CONSTRAINT "retiredWhy" CHECK("retiredIds"."mergedInto" is not null or "retiredIds"."reason" is not null)
) STRICT;
--> statement-breakpoint
CREATE INDEX `retiredIdsByDataset` ON `retiredIds` (`dataset`);--> statement-breakpoint
CREATE TABLE `sourceContributors` (
	`source` text NOT NULL,
	`ordinal` integer NOT NULL,
	`actor` text NOT NULL,
	`role` text NOT NULL,
	PRIMARY KEY(`source`, `ordinal`),
	FOREIGN KEY (`source`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`actor`) REFERENCES `actors`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "contributorRole" CHECK("sourceContributors"."role" in ('author', 'editor', 'photographer'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `sourceContributorsByActor` ON `sourceContributors` (`actor`);--> statement-breakpoint
CREATE TABLE `sourceDerivations` (
	`source` text NOT NULL,
	`derivedFrom` text NOT NULL,
	PRIMARY KEY(`source`, `derivedFrom`),
	FOREIGN KEY (`source`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`derivedFrom`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "sourceDerivesFromAnother" CHECK("sourceDerivations"."source" <> "sourceDerivations"."derivedFrom")
) STRICT;
--> statement-breakpoint
CREATE INDEX `sourceDerivationsByOrigin` ON `sourceDerivations` (`derivedFrom`);--> statement-breakpoint
CREATE TABLE `sources` (
	`id` text PRIMARY KEY NOT NULL,
	`dataset` text NOT NULL,
	`title` text NOT NULL,
	`kind` text NOT NULL,
	`publisher` text,
	`republisher` text,
	`language` text NOT NULL,
	`published` text NOT NULL,
	`earliest` text,
	`latest` text,
	`sortDay` text NOT NULL,
	`textFile` text NOT NULL,
	`textSha256` text NOT NULL,
	`textLength` integer NOT NULL,
	`contentHash` text NOT NULL,
	FOREIGN KEY (`dataset`) REFERENCES `datasets`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`publisher`) REFERENCES `actors`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`republisher`) REFERENCES `actors`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "sourceKind" CHECK("sources"."kind" in ('news', 'analysis', 'interview', 'opinion')),
	CONSTRAINT "sourceDays" CHECK("sources"."earliest" <= "sources"."latest")
) STRICT;
--> statement-breakpoint
CREATE INDEX `sourcesByDay` ON `sources` (`sortDay`,`id`);--> statement-breakpoint
CREATE INDEX `sourcesByLatest` ON `sources` (`latest`);--> statement-breakpoint
CREATE INDEX `sourcesByKind` ON `sources` (`kind`);--> statement-breakpoint
CREATE INDEX `sourcesByDataset` ON `sources` (`dataset`);--> statement-breakpoint
CREATE INDEX `sourcesByPublisher` ON `sources` (`publisher`);--> statement-breakpoint
CREATE TABLE `statementAbout` (
	`statement` text NOT NULL,
	`actor` text NOT NULL,
	`ordinal` integer NOT NULL,
	PRIMARY KEY(`statement`, `actor`),
	FOREIGN KEY (`statement`) REFERENCES `statements`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`actor`) REFERENCES `actors`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `statementAboutByActor` ON `statementAbout` (`actor`,`statement`);--> statement-breakpoint
CREATE TABLE `statementTopics` (
	`statement` text NOT NULL,
	`topic` text NOT NULL,
	`ordinal` integer NOT NULL,
	PRIMARY KEY(`statement`, `topic`),
	FOREIGN KEY (`statement`) REFERENCES `statements`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`topic`) REFERENCES `topics`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `statementTopicsByTopic` ON `statementTopics` (`topic`,`statement`);--> statement-breakpoint
CREATE TABLE `statements` (
	`id` text PRIMARY KEY NOT NULL,
	`dataset` text NOT NULL,
	`speaker` text NOT NULL,
	`relayedBy` text,
	`onBehalfOf` text,
	`form` text NOT NULL,
	`medium` text,
	`said` text NOT NULL,
	`earliest` text,
	`latest` text,
	`sortDay` text NOT NULL,
	`gist` text NOT NULL,
	`occasion` text,
	`contentHash` text NOT NULL,
	FOREIGN KEY (`dataset`) REFERENCES `datasets`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`speaker`) REFERENCES `actors`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`relayedBy`) REFERENCES `actors`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`onBehalfOf`) REFERENCES `actors`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`occasion`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "statementForm" CHECK("statements"."form" in ('quote', 'paraphrase')),
	CONSTRAINT "statementMedium" CHECK("statements"."medium" in ('interview', 'press-conference', 'post', 'website', 'article', 'speech')),
	CONSTRAINT "statementDays" CHECK("statements"."earliest" <= "statements"."latest")
) STRICT;
--> statement-breakpoint
CREATE INDEX `statementsByDay` ON `statements` (`sortDay`,`id`);--> statement-breakpoint
CREATE INDEX `statementsByEarliest` ON `statements` (`earliest`);--> statement-breakpoint
CREATE INDEX `statementsByLatest` ON `statements` (`latest`);--> statement-breakpoint
CREATE INDEX `statementsByDataset` ON `statements` (`dataset`);--> statement-breakpoint
CREATE INDEX `statementsBySpeaker` ON `statements` (`speaker`);--> statement-breakpoint
CREATE INDEX `statementsByRelayer` ON `statements` (`relayedBy`);--> statement-breakpoint
CREATE INDEX `statementsByPrincipal` ON `statements` (`onBehalfOf`);--> statement-breakpoint
CREATE INDEX `statementsByForm` ON `statements` (`form`);--> statement-breakpoint
CREATE INDEX `statementsByMedium` ON `statements` (`medium`);--> statement-breakpoint
CREATE INDEX `statementsByOccasion` ON `statements` (`occasion`);--> statement-breakpoint
CREATE TABLE `topics` (
	`id` text PRIMARY KEY NOT NULL,
	`label` text NOT NULL,
	`description` text NOT NULL,
	`broader` text,
	`definedBy` text NOT NULL,
	`contentHash` text NOT NULL,
	FOREIGN KEY (`broader`) REFERENCES `topics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`definedBy`) REFERENCES `datasets`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `topicsByBroader` ON `topics` (`broader`);--> statement-breakpoint
CREATE INDEX `topicsByLabel` ON `topics` (`label`,`id`);