CREATE TABLE "eventKeys" (
	"kind" text collate "C" NOT NULL,
	"value" text collate "C" NOT NULL,
	"day" text collate "C" NOT NULL,
	"event" text collate "C" NOT NULL,
	CONSTRAINT "eventKeys_kind_value_day_event_pk" PRIMARY KEY("kind","value","day","event")
);
--> statement-breakpoint
DROP INDEX "claimsByDataset";--> statement-breakpoint
DROP INDEX "claimsByKind";--> statement-breakpoint
DROP INDEX "claimsByStanding";--> statement-breakpoint
DROP INDEX "claimsByEvent";--> statement-breakpoint
DROP INDEX "eventsByDataset";--> statement-breakpoint
DROP INDEX "eventsByType";--> statement-breakpoint
DROP INDEX "eventsByMode";--> statement-breakpoint
DROP INDEX "eventsByStatus";--> statement-breakpoint
DROP INDEX "eventsByCountry";--> statement-breakpoint
DROP INDEX "figuresByMeasure";--> statement-breakpoint
DROP INDEX "figuresByUnit";--> statement-breakpoint
DROP INDEX "sourcesByKind";--> statement-breakpoint
DROP INDEX "sourcesByDataset";--> statement-breakpoint
DROP INDEX "sourcesByPublisher";--> statement-breakpoint
DROP INDEX "statementsByDataset";--> statement-breakpoint
DROP INDEX "statementsBySpeaker";--> statement-breakpoint
DROP INDEX "statementsByRelayer";--> statement-breakpoint
DROP INDEX "statementsByPrincipal";--> statement-breakpoint
DROP INDEX "statementsByForm";--> statement-breakpoint
DROP INDEX "statementsByMedium";--> statement-breakpoint
DROP INDEX "statementsByOccasion";--> statement-breakpoint
CREATE INDEX "claimsByDataset" ON "claims" USING btree ("dataset","sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "claimsByKind" ON "claims" USING btree ("kind","sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "claimsByStanding" ON "claims" USING btree ("standing","sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "claimsByEvent" ON "claims" USING btree ("event","sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "eventsByDataset" ON "events" USING btree ("dataset","sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "eventsByType" ON "events" USING btree ("type","sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "eventsByMode" ON "events" USING btree ("mode","sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "eventsByStatus" ON "events" USING btree ("status","sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "eventsByCountry" ON "events" USING btree ("country","sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "figuresByMeasure" ON "figures" USING btree ("measure","sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "figuresByUnit" ON "figures" USING btree ("unit","sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "sourcesByKind" ON "sources" USING btree ("kind","sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "sourcesByDataset" ON "sources" USING btree ("dataset","sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "sourcesByPublisher" ON "sources" USING btree ("publisher","sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "statementsByDataset" ON "statements" USING btree ("dataset","sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "statementsBySpeaker" ON "statements" USING btree ("speaker","sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "statementsByRelayer" ON "statements" USING btree ("relayedBy","sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "statementsByPrincipal" ON "statements" USING btree ("onBehalfOf","sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "statementsByForm" ON "statements" USING btree ("form","sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "statementsByMedium" ON "statements" USING btree ("medium","sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "statementsByOccasion" ON "statements" USING btree ("occasion","sortDayDescending","id");