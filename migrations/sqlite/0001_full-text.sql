CREATE TABLE `searchDocuments` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`title` text NOT NULL,
	`body` text NOT NULL,
	CONSTRAINT "searchDocumentKind" CHECK("searchDocuments"."kind" in ('event', 'statement', 'claim', 'actor', 'topic', 'source'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `searchDocumentsByRecord` ON `searchDocuments` (`kind`,`id`);--> statement-breakpoint
CREATE VIRTUAL TABLE `searchIndex` USING fts5(`title`, `body`, content='searchDocuments', content_rowid='sequence', tokenize='unicode61 remove_diacritics 2');--> statement-breakpoint
CREATE TRIGGER `searchDocumentsInserted` AFTER INSERT ON `searchDocuments` BEGIN
	INSERT INTO `searchIndex` (`rowid`, `title`, `body`) VALUES (new.`sequence`, new.`title`, new.`body`);
END;--> statement-breakpoint
CREATE TRIGGER `searchDocumentsDeleted` AFTER DELETE ON `searchDocuments` BEGIN
	INSERT INTO `searchIndex` (`searchIndex`, `rowid`, `title`, `body`) VALUES ('delete', old.`sequence`, old.`title`, old.`body`);
END;--> statement-breakpoint
CREATE TRIGGER `searchDocumentsUpdated` AFTER UPDATE ON `searchDocuments` BEGIN
	INSERT INTO `searchIndex` (`searchIndex`, `rowid`, `title`, `body`) VALUES ('delete', old.`sequence`, old.`title`, old.`body`);
	INSERT INTO `searchIndex` (`rowid`, `title`, `body`) VALUES (new.`sequence`, new.`title`, new.`body`);
END;--> statement-breakpoint
-- What a store loaded before already holds: a load writes only what has changed.
INSERT INTO `searchDocuments` (`kind`, `id`, `title`, `body`)
SELECT 'event', `id`, `title`, `summary` || iif(`placeName` IS NULL, '', ' · ' || `placeName`) FROM `events`;--> statement-breakpoint
INSERT INTO `searchDocuments` (`kind`, `id`, `title`, `body`)
SELECT 'statement', `id`, `gist`, '' FROM `statements`;--> statement-breakpoint
INSERT INTO `searchDocuments` (`kind`, `id`, `title`, `body`)
SELECT 'claim', `id`, `proposition`, '' FROM `claims`;--> statement-breakpoint
INSERT INTO `searchDocuments` (`kind`, `id`, `title`, `body`)
SELECT 'actor', `id`, `name`, `description` || coalesce((
	SELECT group_concat(' · ' || `name`, '' ORDER BY `ordinal`)
	FROM (SELECT DISTINCT `name`, `ordinal` FROM `actorAliases` WHERE `actor` = `actors`.`id`)
), '') FROM `actors`;--> statement-breakpoint
INSERT INTO `searchDocuments` (`kind`, `id`, `title`, `body`)
SELECT 'topic', `id`, `label`, `description` FROM `topics`;--> statement-breakpoint
INSERT INTO `searchDocuments` (`kind`, `id`, `title`, `body`)
SELECT 'source', `id`, `title`, '' FROM `sources`;
