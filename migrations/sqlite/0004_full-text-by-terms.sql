ALTER TABLE `searchDocuments` ADD `cited` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `searchDocuments` ADD `titleTerms` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `searchDocuments` ADD `bodyTerms` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `searchDocuments` ADD `citedTerms` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `searchDocuments` ADD `titleStems` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `searchDocuments` ADD `bodyStems` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `searchDocuments` ADD `citedStems` text DEFAULT '' NOT NULL;--> statement-breakpoint
DROP TRIGGER `searchDocumentsInserted`;--> statement-breakpoint
DROP TRIGGER `searchDocumentsDeleted`;--> statement-breakpoint
DROP TRIGGER `searchDocumentsUpdated`;--> statement-breakpoint
DROP TABLE `searchIndex`;--> statement-breakpoint
-- The terms are folded and separated already (`domain/words.ts`): the tokenizer only has to keep marks, and to split at spaces.
CREATE VIRTUAL TABLE `searchIndex` USING fts5(`titleTerms`, `bodyTerms`, `citedTerms`, `titleStems`, `bodyStems`, `citedStems`, content='searchDocuments', content_rowid='sequence', tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'");--> statement-breakpoint
CREATE VIRTUAL TABLE `searchTerms` USING fts5vocab('searchIndex', 'col');--> statement-breakpoint
CREATE TRIGGER `searchDocumentsInserted` AFTER INSERT ON `searchDocuments` BEGIN
	INSERT INTO `searchIndex` (`rowid`, `titleTerms`, `bodyTerms`, `citedTerms`, `titleStems`, `bodyStems`, `citedStems`) VALUES (new.`sequence`, new.`titleTerms`, new.`bodyTerms`, new.`citedTerms`, new.`titleStems`, new.`bodyStems`, new.`citedStems`);
END;--> statement-breakpoint
CREATE TRIGGER `searchDocumentsDeleted` AFTER DELETE ON `searchDocuments` BEGIN
	INSERT INTO `searchIndex` (`searchIndex`, `rowid`, `titleTerms`, `bodyTerms`, `citedTerms`, `titleStems`, `bodyStems`, `citedStems`) VALUES ('delete', old.`sequence`, old.`titleTerms`, old.`bodyTerms`, old.`citedTerms`, old.`titleStems`, old.`bodyStems`, old.`citedStems`);
END;--> statement-breakpoint
CREATE TRIGGER `searchDocumentsUpdated` AFTER UPDATE ON `searchDocuments` BEGIN
	INSERT INTO `searchIndex` (`searchIndex`, `rowid`, `titleTerms`, `bodyTerms`, `citedTerms`, `titleStems`, `bodyStems`, `citedStems`) VALUES ('delete', old.`sequence`, old.`titleTerms`, old.`bodyTerms`, old.`citedTerms`, old.`titleStems`, old.`bodyStems`, old.`citedStems`);
	INSERT INTO `searchIndex` (`rowid`, `titleTerms`, `bodyTerms`, `citedTerms`, `titleStems`, `bodyStems`, `citedStems`) VALUES (new.`sequence`, new.`titleTerms`, new.`bodyTerms`, new.`citedTerms`, new.`titleStems`, new.`bodyStems`, new.`citedStems`);
END;--> statement-breakpoint
-- Without words yet: those of earlier versions get them when the migration is done (`db/sqlite/derive.ts`).
INSERT INTO `searchIndex` (`rowid`, `titleTerms`, `bodyTerms`, `citedTerms`, `titleStems`, `bodyStems`, `citedStems`) SELECT `sequence`, `titleTerms`, `bodyTerms`, `citedTerms`, `titleStems`, `bodyStems`, `citedStems` FROM `searchDocuments`;
