CREATE TABLE `__new_actors` (
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
	CONSTRAINT "actorKind" CHECK("__new_actors"."kind" in ('person', 'organization', 'state', 'group', 'unspecified'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_actors`("id", "name", "nameFolded", "kind", "description", "parent", "definedBy", "contentHash") SELECT "id", "name", "nameFolded", "kind", "description", "parent", "definedBy", "contentHash" FROM `actors`;
--> statement-breakpoint
DROP TABLE `actors`;
--> statement-breakpoint
ALTER TABLE `__new_actors` RENAME TO `actors`;
--> statement-breakpoint
CREATE INDEX `actorsByName` ON `actors` (`nameFolded`,`id`);
--> statement-breakpoint
CREATE INDEX `actorsByKind` ON `actors` (`kind`);
--> statement-breakpoint
CREATE INDEX `actorsByParent` ON `actors` (`parent`);
