CREATE TABLE `copies` (
	`version` text PRIMARY KEY NOT NULL,
	`step` integer NOT NULL,
	`after` text NOT NULL
) STRICT;
