CREATE TABLE `documents` (
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`json` text NOT NULL,
	PRIMARY KEY(`kind`, `id`),
	CONSTRAINT "documentKind" CHECK("documents"."kind" in ('topic', 'actor', 'source', 'event', 'statement', 'claim'))
) STRICT;
