CREATE TABLE `searchWords` (
	`term` text PRIMARY KEY NOT NULL,
	`records` integer NOT NULL
) STRICT;--> statement-breakpoint
-- The words of a document are letters, digits and marks, separated by spaces, so they can be read as JSON.
CREATE TRIGGER `searchWordsInserted` AFTER INSERT ON `searchDocuments` BEGIN
	INSERT INTO `searchWords` (`term`, `records`) SELECT DISTINCT `value`, 1 FROM json_each('["' || replace(trim(new.`titleTerms` || ' ' || new.`bodyTerms`), ' ', '","') || '"]') WHERE `value` <> ''
		ON CONFLICT (`term`) DO UPDATE SET `records` = `records` + 1;
END;--> statement-breakpoint
CREATE TRIGGER `searchWordsDeleted` AFTER DELETE ON `searchDocuments` BEGIN
	UPDATE `searchWords` SET `records` = `records` - 1 WHERE `term` IN (SELECT `value` FROM json_each('["' || replace(trim(old.`titleTerms` || ' ' || old.`bodyTerms`), ' ', '","') || '"]'));
	DELETE FROM `searchWords` WHERE `records` = 0 AND `term` IN (SELECT `value` FROM json_each('["' || replace(trim(old.`titleTerms` || ' ' || old.`bodyTerms`), ' ', '","') || '"]'));
END;--> statement-breakpoint
CREATE TRIGGER `searchWordsUpdated` AFTER UPDATE OF `titleTerms`, `bodyTerms` ON `searchDocuments` WHEN old.`titleTerms` <> new.`titleTerms` OR old.`bodyTerms` <> new.`bodyTerms` BEGIN
	UPDATE `searchWords` SET `records` = `records` - 1 WHERE `term` IN (SELECT `value` FROM json_each('["' || replace(trim(old.`titleTerms` || ' ' || old.`bodyTerms`), ' ', '","') || '"]'));
	DELETE FROM `searchWords` WHERE `records` = 0 AND `term` IN (SELECT `value` FROM json_each('["' || replace(trim(old.`titleTerms` || ' ' || old.`bodyTerms`), ' ', '","') || '"]'));
	INSERT INTO `searchWords` (`term`, `records`) SELECT DISTINCT `value`, 1 FROM json_each('["' || replace(trim(new.`titleTerms` || ' ' || new.`bodyTerms`), ' ', '","') || '"]') WHERE `value` <> ''
		ON CONFLICT (`term`) DO UPDATE SET `records` = `records` + 1;
END;--> statement-breakpoint
INSERT INTO `searchWords` (`term`, `records`) SELECT `value`, count(DISTINCT `sequence`) FROM `searchDocuments`, json_each('["' || replace(trim(`titleTerms` || ' ' || `bodyTerms`), ' ', '","') || '"]') WHERE `value` <> '' GROUP BY `value`;--> statement-breakpoint
DROP TABLE `searchTerms`;
