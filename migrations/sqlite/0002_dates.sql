ALTER TABLE `affiliations` ADD `boundedEarliest` text;--> statement-breakpoint
ALTER TABLE `affiliations` ADD `boundedLatest` text;--> statement-breakpoint
ALTER TABLE `affiliations` ADD `begunBy` text;--> statement-breakpoint
ALTER TABLE `affiliations` ADD `lastsUntil` text;--> statement-breakpoint
ALTER TABLE `affiliations` ADD `sortDayDescending` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `claims` ADD `sortDayDescending` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `claimsByDayDescending` ON `claims` (`sortDayDescending`,`id`);--> statement-breakpoint
ALTER TABLE `events` ADD `boundedEarliest` text;--> statement-breakpoint
ALTER TABLE `events` ADD `boundedLatest` text;--> statement-breakpoint
ALTER TABLE `events` ADD `begunBy` text;--> statement-breakpoint
ALTER TABLE `events` ADD `lastsUntil` text;--> statement-breakpoint
ALTER TABLE `events` ADD `sortDayDescending` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `eventsByDayDescending` ON `events` (`sortDayDescending`,`id`);--> statement-breakpoint
ALTER TABLE `positions` ADD `boundedEarliest` text;--> statement-breakpoint
ALTER TABLE `positions` ADD `boundedLatest` text;--> statement-breakpoint
ALTER TABLE `positions` ADD `begunBy` text;--> statement-breakpoint
ALTER TABLE `positions` ADD `lastsUntil` text;--> statement-breakpoint
ALTER TABLE `positions` ADD `sortDayDescending` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `sources` ADD `boundedEarliest` text;--> statement-breakpoint
ALTER TABLE `sources` ADD `boundedLatest` text;--> statement-breakpoint
ALTER TABLE `sources` ADD `begunBy` text;--> statement-breakpoint
ALTER TABLE `sources` ADD `lastsUntil` text;--> statement-breakpoint
ALTER TABLE `sources` ADD `sortDayDescending` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `sourcesByDayDescending` ON `sources` (`sortDayDescending`,`id`);--> statement-breakpoint
ALTER TABLE `statements` ADD `boundedEarliest` text;--> statement-breakpoint
ALTER TABLE `statements` ADD `boundedLatest` text;--> statement-breakpoint
ALTER TABLE `statements` ADD `begunBy` text;--> statement-breakpoint
ALTER TABLE `statements` ADD `lastsUntil` text;--> statement-breakpoint
ALTER TABLE `statements` ADD `sortDayDescending` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `statementsByDayDescending` ON `statements` (`sortDayDescending`,`id`);