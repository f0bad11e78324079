CREATE TABLE `eventLinks` (
	`id` text PRIMARY KEY NOT NULL,
	`event` text NOT NULL,
	`ordinal` integer NOT NULL,
	`relation` text NOT NULL,
	`other` text NOT NULL,
	`basis` text NOT NULL,
	FOREIGN KEY (`event`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`other`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "linkRelation" CHECK("eventLinks"."relation" in ('partOf', 'fulfils', 'prompts', 'ends')),
	CONSTRAINT "linkBasis" CHECK("eventLinks"."basis" in ('told', 'inferred')),
	CONSTRAINT "linkToAnother" CHECK("eventLinks"."event" <> "eventLinks"."other"),
	CONSTRAINT "linkPromptsIsTold" CHECK("eventLinks"."relation" <> 'prompts' or "eventLinks"."basis" = 'told')
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `eventLinksByEvent` ON `eventLinks` (`event`,`relation`,`other`);
--> statement-breakpoint
CREATE INDEX `eventLinksByOther` ON `eventLinks` (`other`,`relation`,`event`);
--> statement-breakpoint
CREATE TABLE `figures` (
	`id` text PRIMARY KEY NOT NULL,
	`event` text,
	`claim` text,
	`ordinal` integer NOT NULL,
	`measure` text NOT NULL,
	`value` real,
	`low` real,
	`high` real,
	`unit` text NOT NULL,
	`approximate` integer NOT NULL,
	`of` text NOT NULL,
	`sortDay` text NOT NULL,
	`sortDayDescending` text NOT NULL,
	FOREIGN KEY (`event`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`claim`) REFERENCES `claims`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "figureMeasure" CHECK("figures"."measure" in ('killed', 'wounded', 'displaced', 'trafficked', 'detained', 'people', 'lost', 'seized', 'earned', 'spent', 'traded', 'rate', 'share', 'growth', 'duration', 'distance', 'count')),
	CONSTRAINT "figureOfOneRecord" CHECK(("figures"."event" is null) <> ("figures"."claim" is null)),
	CONSTRAINT "figureValue" CHECK(case when "figures"."value" is null then "figures"."low" is not null or "figures"."high" is not null else "figures"."low" is null and "figures"."high" is null end),
	CONSTRAINT "figureRange" CHECK("figures"."low" is null or "figures"."high" is null or "figures"."low" <= "figures"."high"),
	CONSTRAINT "figureApproximate" CHECK("figures"."approximate" in (0, 1))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `figuresByEvent` ON `figures` (`event`,`ordinal`);
--> statement-breakpoint
CREATE UNIQUE INDEX `figuresByClaim` ON `figures` (`claim`,`ordinal`);
--> statement-breakpoint
CREATE INDEX `figuresByDay` ON `figures` (`sortDay`,`id`);
--> statement-breakpoint
CREATE INDEX `figuresByDayDescending` ON `figures` (`sortDayDescending`,`id`);
--> statement-breakpoint
CREATE INDEX `figuresByMeasure` ON `figures` (`measure`);
--> statement-breakpoint
CREATE INDEX `figuresByUnit` ON `figures` (`unit`);
--> statement-breakpoint
CREATE TABLE `__new_citations` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`event` text,
	`statement` text,
	`position` text,
	`affiliation` text,
	`link` text,
	`figure` text,
	`ordinal` integer NOT NULL,
	`source` text NOT NULL,
	`start` integer NOT NULL,
	`end` integer NOT NULL,
	`sha256` text NOT NULL,
	`phrase` text,
	`reports` text,
	`progress` text,
	FOREIGN KEY (`event`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`statement`) REFERENCES `statements`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`position`) REFERENCES `positions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`affiliation`) REFERENCES `affiliations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`link`) REFERENCES `eventLinks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`figure`) REFERENCES `figures`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`source`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "citationOfOneRecord" CHECK((case when "__new_citations"."event" is null then 0 else 1 end) + (case when "__new_citations"."statement" is null then 0 else 1 end) + (case when "__new_citations"."position" is null then 0 else 1 end) + (case when "__new_citations"."affiliation" is null then 0 else 1 end) + (case when "__new_citations"."link" is null then 0 else 1 end) + (case when "__new_citations"."figure" is null then 0 else 1 end) = 1),
	CONSTRAINT "citationPassage" CHECK("__new_citations"."start" >= 0 and "__new_citations"."end" > "__new_citations"."start"),
	CONSTRAINT "citationSha256" CHECK(length("__new_citations"."sha256") = 64)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_citations`("id", "event", "statement", "position", "affiliation", "ordinal", "source", "start", "end", "sha256", "phrase", "reports") SELECT "id", "event", "statement", "position", "affiliation", "ordinal", "source", "start", "end", "sha256", "phrase", "reports" FROM `citations`;
--> statement-breakpoint
DROP TABLE `citations`;
--> statement-breakpoint
ALTER TABLE `__new_citations` RENAME TO `citations`;
--> statement-breakpoint
CREATE UNIQUE INDEX `citationsByEvent` ON `citations` (`event`,`ordinal`);
--> statement-breakpoint
CREATE UNIQUE INDEX `citationsByStatement` ON `citations` (`statement`,`ordinal`);
--> statement-breakpoint
CREATE UNIQUE INDEX `citationsByPosition` ON `citations` (`position`,`ordinal`);
--> statement-breakpoint
CREATE UNIQUE INDEX `citationsByAffiliation` ON `citations` (`affiliation`,`ordinal`);
--> statement-breakpoint
CREATE UNIQUE INDEX `citationsByLink` ON `citations` (`link`,`ordinal`);
--> statement-breakpoint
CREATE UNIQUE INDEX `citationsByFigure` ON `citations` (`figure`,`ordinal`);
--> statement-breakpoint
CREATE INDEX `citationsBySource` ON `citations` (`source`,`start`);
--> statement-breakpoint
CREATE INDEX `citationsReporting` ON `citations` (`event`) WHERE "citations"."reports" is not null;
--> statement-breakpoint
CREATE TABLE `__new_claims` (
	`id` text PRIMARY KEY NOT NULL,
	`dataset` text NOT NULL,
	`proposition` text NOT NULL,
	`kind` text NOT NULL,
	`event` text,
	`standing` text NOT NULL,
	`independentSources` integer NOT NULL,
	`independentVoices` integer DEFAULT 0 NOT NULL,
	`sortDay` text NOT NULL,
	`sortDayDescending` text DEFAULT '' NOT NULL,
	`contentHash` text NOT NULL,
	FOREIGN KEY (`dataset`) REFERENCES `datasets`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`event`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "claimKind" CHECK("__new_claims"."kind" in ('factual', 'causal', 'predictive', 'normative', 'allegation')),
	CONSTRAINT "claimStanding" CHECK("__new_claims"."standing" in ('disputed', 'corroborated', 'one-sided', 'single-source', 'unasserted'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_claims`("id", "dataset", "proposition", "kind", "event", "standing", "independentSources", "sortDay", "sortDayDescending", "contentHash") SELECT "id", "dataset", "proposition", "kind", "event", "standing", "independentSources", "sortDay", "sortDayDescending", "contentHash" FROM `claims`;
--> statement-breakpoint
DROP TABLE `claims`;
--> statement-breakpoint
ALTER TABLE `__new_claims` RENAME TO `claims`;
--> statement-breakpoint
CREATE INDEX `claimsByDay` ON `claims` (`sortDay`,`id`);
--> statement-breakpoint
CREATE INDEX `claimsByDayDescending` ON `claims` (`sortDayDescending`,`id`);
--> statement-breakpoint
CREATE INDEX `claimsByDataset` ON `claims` (`dataset`);
--> statement-breakpoint
CREATE INDEX `claimsByKind` ON `claims` (`kind`);
--> statement-breakpoint
CREATE INDEX `claimsByStanding` ON `claims` (`standing`);
--> statement-breakpoint
CREATE INDEX `claimsByEvent` ON `claims` (`event`);
--> statement-breakpoint
ALTER TABLE `positions` ADD `voice` text DEFAULT '' NOT NULL;
