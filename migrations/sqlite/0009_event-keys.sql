CREATE TABLE `eventKeys` (
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`day` text NOT NULL,
	`event` text NOT NULL,
	PRIMARY KEY(`kind`, `value`, `day`, `event`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
DROP INDEX `claimsByDataset`;
--> statement-breakpoint
DROP INDEX `claimsByKind`;
--> statement-breakpoint
DROP INDEX `claimsByStanding`;
--> statement-breakpoint
DROP INDEX `claimsByEvent`;
--> statement-breakpoint
CREATE INDEX `claimsByDataset` ON `claims` (`dataset`,`sortDayDescending`,`id`);
--> statement-breakpoint
CREATE INDEX `claimsByKind` ON `claims` (`kind`,`sortDayDescending`,`id`);
--> statement-breakpoint
CREATE INDEX `claimsByStanding` ON `claims` (`standing`,`sortDayDescending`,`id`);
--> statement-breakpoint
CREATE INDEX `claimsByEvent` ON `claims` (`event`,`sortDayDescending`,`id`);
--> statement-breakpoint
DROP INDEX `eventsByDataset`;
--> statement-breakpoint
DROP INDEX `eventsByType`;
--> statement-breakpoint
DROP INDEX `eventsByMode`;
--> statement-breakpoint
DROP INDEX `eventsByStatus`;
--> statement-breakpoint
DROP INDEX `eventsByCountry`;
--> statement-breakpoint
CREATE INDEX `eventsByDataset` ON `events` (`dataset`,`sortDayDescending`,`id`);
--> statement-breakpoint
CREATE INDEX `eventsByType` ON `events` (`type`,`sortDayDescending`,`id`);
--> statement-breakpoint
CREATE INDEX `eventsByMode` ON `events` (`mode`,`sortDayDescending`,`id`);
--> statement-breakpoint
CREATE INDEX `eventsByStatus` ON `events` (`status`,`sortDayDescending`,`id`);
--> statement-breakpoint
CREATE INDEX `eventsByCountry` ON `events` (`country`,`sortDayDescending`,`id`);
--> statement-breakpoint
DROP INDEX `figuresByMeasure`;
--> statement-breakpoint
DROP INDEX `figuresByUnit`;
--> statement-breakpoint
CREATE INDEX `figuresByMeasure` ON `figures` (`measure`,`sortDayDescending`,`id`);
--> statement-breakpoint
CREATE INDEX `figuresByUnit` ON `figures` (`unit`,`sortDayDescending`,`id`);
--> statement-breakpoint
DROP INDEX `sourcesByKind`;
--> statement-breakpoint
DROP INDEX `sourcesByDataset`;
--> statement-breakpoint
DROP INDEX `sourcesByPublisher`;
--> statement-breakpoint
CREATE INDEX `sourcesByKind` ON `sources` (`kind`,`sortDayDescending`,`id`);
--> statement-breakpoint
CREATE INDEX `sourcesByDataset` ON `sources` (`dataset`,`sortDayDescending`,`id`);
--> statement-breakpoint
CREATE INDEX `sourcesByPublisher` ON `sources` (`publisher`,`sortDayDescending`,`id`);
--> statement-breakpoint
DROP INDEX `statementsByDataset`;
--> statement-breakpoint
DROP INDEX `statementsBySpeaker`;
--> statement-breakpoint
DROP INDEX `statementsByRelayer`;
--> statement-breakpoint
DROP INDEX `statementsByPrincipal`;
--> statement-breakpoint
DROP INDEX `statementsByForm`;
--> statement-breakpoint
DROP INDEX `statementsByMedium`;
--> statement-breakpoint
DROP INDEX `statementsByOccasion`;
--> statement-breakpoint
CREATE INDEX `statementsByDataset` ON `statements` (`dataset`,`sortDayDescending`,`id`);
--> statement-breakpoint
CREATE INDEX `statementsBySpeaker` ON `statements` (`speaker`,`sortDayDescending`,`id`);
--> statement-breakpoint
CREATE INDEX `statementsByRelayer` ON `statements` (`relayedBy`,`sortDayDescending`,`id`);
--> statement-breakpoint
CREATE INDEX `statementsByPrincipal` ON `statements` (`onBehalfOf`,`sortDayDescending`,`id`);
--> statement-breakpoint
CREATE INDEX `statementsByForm` ON `statements` (`form`,`sortDayDescending`,`id`);
--> statement-breakpoint
CREATE INDEX `statementsByMedium` ON `statements` (`medium`,`sortDayDescending`,`id`);
--> statement-breakpoint
CREATE INDEX `statementsByOccasion` ON `statements` (`occasion`,`sortDayDescending`,`id`);
