CREATE TABLE `__new_sources` (
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
	`boundedEarliest` text,
	`boundedLatest` text,
	`begunBy` text,
	`lastsUntil` text,
	`sortDay` text NOT NULL,
	`sortDayDescending` text DEFAULT '' NOT NULL,
	`textFile` text,
	`textSha256` text,
	`textLength` integer,
	`contentHash` text NOT NULL,
	FOREIGN KEY (`dataset`) REFERENCES `datasets`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`publisher`) REFERENCES `actors`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`republisher`) REFERENCES `actors`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "sourceKind" CHECK("__new_sources"."kind" in ('news', 'analysis', 'interview', 'opinion', 'dataset')),
	CONSTRAINT "sourceDays" CHECK("__new_sources"."earliest" <= "__new_sources"."latest"),
	CONSTRAINT "sourceText" CHECK(("__new_sources"."textFile" is null) = ("__new_sources"."textSha256" is null) and ("__new_sources"."textFile" is null) = ("__new_sources"."textLength" is null))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_sources`("id", "dataset", "title", "kind", "publisher", "republisher", "language", "published", "earliest", "latest", "boundedEarliest", "boundedLatest", "begunBy", "lastsUntil", "sortDay", "sortDayDescending", "textFile", "textSha256", "textLength", "contentHash") SELECT "id", "dataset", "title", "kind", "publisher", "republisher", "language", "published", "earliest", "latest", "boundedEarliest", "boundedLatest", "begunBy", "lastsUntil", "sortDay", "sortDayDescending", "textFile", "textSha256", "textLength", "contentHash" FROM `sources`;
--> statement-breakpoint
DROP TABLE `sources`;
--> statement-breakpoint
ALTER TABLE `__new_sources` RENAME TO `sources`;
--> statement-breakpoint
CREATE INDEX `sourcesByDay` ON `sources` (`sortDay`,`id`);
--> statement-breakpoint
CREATE INDEX `sourcesByDayDescending` ON `sources` (`sortDayDescending`,`id`);
--> statement-breakpoint
CREATE INDEX `sourcesByLatest` ON `sources` (`latest`);
--> statement-breakpoint
CREATE INDEX `sourcesByKind` ON `sources` (`kind`);
--> statement-breakpoint
CREATE INDEX `sourcesByDataset` ON `sources` (`dataset`);
--> statement-breakpoint
CREATE INDEX `sourcesByPublisher` ON `sources` (`publisher`);
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
	`start` integer,
	`end` integer,
	`sha256` text,
	`phrase` text,
	`document` text,
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
	CONSTRAINT "citationOfPassageOrDocument" CHECK(("__new_citations"."document" is null) = ("__new_citations"."start" is not null) and ("__new_citations"."start" is null) = ("__new_citations"."end" is null) and ("__new_citations"."start" is null) = ("__new_citations"."sha256" is null)),
	CONSTRAINT "citationSha256" CHECK(length("__new_citations"."sha256") = 64)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_citations`("id", "event", "statement", "position", "affiliation", "link", "figure", "ordinal", "source", "start", "end", "sha256", "phrase", "reports", "progress") SELECT "id", "event", "statement", "position", "affiliation", "link", "figure", "ordinal", "source", "start", "end", "sha256", "phrase", "reports", "progress" FROM `citations`;
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
