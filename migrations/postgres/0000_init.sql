CREATE TABLE "actorAliases" (
	"actor" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"source" text collate "C" NOT NULL,
	"ordinal" integer NOT NULL,
	"nameFolded" text collate "C" NOT NULL,
	CONSTRAINT "actorAliases_actor_name_source_pk" PRIMARY KEY("actor","name","source")
);
--> statement-breakpoint
CREATE TABLE "actors" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"name" text collate "C" NOT NULL,
	"nameFolded" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"description" text collate "C" NOT NULL,
	"parent" text collate "C",
	"definedBy" text collate "C" NOT NULL,
	"contentHash" text collate "C" NOT NULL,
	CONSTRAINT "actorKind" CHECK ("actors"."kind" in ('person', 'organization', 'state', 'group', 'unspecified'))
);
--> statement-breakpoint
CREATE TABLE "affiliations" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"actor" text collate "C" NOT NULL,
	"ordinal" integer NOT NULL,
	"title" text collate "C" NOT NULL,
	"organization" text collate "C",
	"during" text collate "C" NOT NULL,
	"earliest" text collate "C",
	"latest" text collate "C",
	"boundedEarliest" text collate "C",
	"boundedLatest" text collate "C",
	"begunBy" text collate "C",
	"lastsUntil" text collate "C",
	"sortDay" text collate "C" NOT NULL,
	"sortDayDescending" text collate "C" DEFAULT '' NOT NULL,
	CONSTRAINT "affiliationDays" CHECK ("affiliations"."earliest" <= "affiliations"."latest")
);
--> statement-breakpoint
CREATE TABLE "changes" (
	"sequence" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "changes_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" bigint NOT NULL,
	"dataset" text collate "C" NOT NULL,
	"action" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"contentHash" text collate "C",
	"mergedInto" text collate "C",
	CONSTRAINT "changeAction" CHECK ("changes"."action" in ('put', 'delete', 'merge')),
	CONSTRAINT "changeKind" CHECK ("changes"."kind" in ('dataset', 'topic', 'actor', 'source', 'event', 'statement', 'claim'))
);
--> statement-breakpoint
CREATE TABLE "citations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "citations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"event" text collate "C",
	"statement" text collate "C",
	"position" text collate "C",
	"affiliation" text collate "C",
	"link" text collate "C",
	"figure" text collate "C",
	"ordinal" integer NOT NULL,
	"source" text collate "C" NOT NULL,
	"start" integer,
	"end" integer,
	"sha256" text collate "C",
	"phrase" text collate "C",
	"document" json,
	"reports" json,
	"progress" json,
	CONSTRAINT "citationOfOneRecord" CHECK ((case when "citations"."event" is null then 0 else 1 end) + (case when "citations"."statement" is null then 0 else 1 end) + (case when "citations"."position" is null then 0 else 1 end) + (case when "citations"."affiliation" is null then 0 else 1 end) + (case when "citations"."link" is null then 0 else 1 end) + (case when "citations"."figure" is null then 0 else 1 end) = 1),
	CONSTRAINT "citationPassage" CHECK ("citations"."start" >= 0 and "citations"."end" > "citations"."start"),
	CONSTRAINT "citationOfPassageOrDocument" CHECK (("citations"."document" is null) = ("citations"."start" is not null) and ("citations"."start" is null) = ("citations"."end" is null) and ("citations"."start" is null) = ("citations"."sha256" is null)),
	CONSTRAINT "citationSha256" CHECK (length("citations"."sha256") = 64)
);
--> statement-breakpoint
CREATE TABLE "claimAbout" (
	"claim" text collate "C" NOT NULL,
	"actor" text collate "C" NOT NULL,
	"ordinal" integer NOT NULL,
	CONSTRAINT "claimAbout_claim_actor_pk" PRIMARY KEY("claim","actor")
);
--> statement-breakpoint
CREATE TABLE "claimContradictions" (
	"claim" text collate "C" NOT NULL,
	"contradicts" text collate "C" NOT NULL,
	CONSTRAINT "claimContradictions_claim_contradicts_pk" PRIMARY KEY("claim","contradicts"),
	CONSTRAINT "claimContradictsAnother" CHECK ("claimContradictions"."claim" <> "claimContradictions"."contradicts")
);
--> statement-breakpoint
CREATE TABLE "claimTopics" (
	"claim" text collate "C" NOT NULL,
	"topic" text collate "C" NOT NULL,
	"ordinal" integer NOT NULL,
	CONSTRAINT "claimTopics_claim_topic_pk" PRIMARY KEY("claim","topic")
);
--> statement-breakpoint
CREATE TABLE "claims" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"dataset" text collate "C" NOT NULL,
	"proposition" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"event" text collate "C",
	"standing" text collate "C" NOT NULL,
	"independentSources" integer NOT NULL,
	"independentVoices" integer DEFAULT 0 NOT NULL,
	"sortDay" text collate "C" NOT NULL,
	"sortDayDescending" text collate "C" DEFAULT '' NOT NULL,
	"contentHash" text collate "C" NOT NULL,
	CONSTRAINT "claimKind" CHECK ("claims"."kind" in ('factual', 'causal', 'predictive', 'normative', 'allegation')),
	CONSTRAINT "claimStanding" CHECK ("claims"."standing" in ('disputed', 'corroborated', 'one-sided', 'single-source', 'unasserted'))
);
--> statement-breakpoint
CREATE TABLE "datasets" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"title" text collate "C" NOT NULL,
	"description" text collate "C" NOT NULL,
	"licence" text collate "C" NOT NULL,
	"citation" text collate "C" NOT NULL,
	"version" text collate "C" NOT NULL,
	"contentHash" text collate "C" NOT NULL,
	"loadedAt" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"kind" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"json" text collate "C" NOT NULL,
	CONSTRAINT "documents_kind_id_pk" PRIMARY KEY("kind","id"),
	CONSTRAINT "documentKind" CHECK ("documents"."kind" in ('topic', 'actor', 'source', 'event', 'statement', 'claim'))
);
--> statement-breakpoint
CREATE TABLE "eventLinks" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"event" text collate "C" NOT NULL,
	"ordinal" integer NOT NULL,
	"relation" text collate "C" NOT NULL,
	"other" text collate "C" NOT NULL,
	"basis" text collate "C" NOT NULL,
	CONSTRAINT "linkRelation" CHECK ("eventLinks"."relation" in ('partOf', 'fulfils', 'prompts', 'ends')),
	CONSTRAINT "linkBasis" CHECK ("eventLinks"."basis" in ('told', 'inferred')),
	CONSTRAINT "linkToAnother" CHECK ("eventLinks"."event" <> "eventLinks"."other"),
	CONSTRAINT "linkPromptsIsTold" CHECK ("eventLinks"."relation" <> 'prompts' or "eventLinks"."basis" = 'told')
);
--> statement-breakpoint
CREATE TABLE "eventParticipants" (
	"event" text collate "C" NOT NULL,
	"ordinal" integer NOT NULL,
	"actor" text collate "C" NOT NULL,
	"role" text collate "C" NOT NULL,
	"onBehalfOf" text collate "C",
	CONSTRAINT "eventParticipants_event_ordinal_pk" PRIMARY KEY("event","ordinal"),
	CONSTRAINT "participantRole" CHECK ("eventParticipants"."role" in ('initiator', 'recipient', 'participant', 'host', 'mediator', 'witness', 'signatory', 'affected'))
);
--> statement-breakpoint
CREATE TABLE "eventTopics" (
	"event" text collate "C" NOT NULL,
	"topic" text collate "C" NOT NULL,
	"ordinal" integer NOT NULL,
	CONSTRAINT "eventTopics_event_topic_pk" PRIMARY KEY("event","topic")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"dataset" text collate "C" NOT NULL,
	"title" text collate "C" NOT NULL,
	"summary" text collate "C" NOT NULL,
	"type" text collate "C",
	"mode" text collate "C",
	"status" text collate "C" NOT NULL,
	"date" text collate "C" NOT NULL,
	"earliest" text collate "C",
	"latest" text collate "C",
	"boundedEarliest" text collate "C",
	"boundedLatest" text collate "C",
	"begunBy" text collate "C",
	"lastsUntil" text collate "C",
	"sortDay" text collate "C" NOT NULL,
	"sortDayDescending" text collate "C" DEFAULT '' NOT NULL,
	"placeName" text collate "C",
	"country" text collate "C",
	"latitude" double precision,
	"longitude" double precision,
	"contentHash" text collate "C" NOT NULL,
	CONSTRAINT "eventType" CHECK ("events"."type" in ('AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT', 'REQUEST', 'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT')),
	CONSTRAINT "eventMode" CHECK ("events"."mode" in ('abduct', 'access', 'allege', 'arrest', 'assassinate', 'assist', 'ban', 'beat', 'boycott', 'ceasefire', 'censor', 'change', 'cleansing', 'convict', 'crowd-control', 'curfew', 'demo', 'deport', 'disapprove', 'disarm', 'discontinue', 'drone', 'execute', 'expel', 'explosives', 'firearms', 'heavy-weapons', 'hunger', 'investigate', 'martial-law', 'meet', 'militia', 'misinform', 'multilateral', 'obstruct', 'phone', 'police', 'primitive', 'relations', 'release', 'resign', 'restrict', 'return', 'riot', 'seize', 'sexual', 'strike', 'suicide-attack', 'territory', 'third-party', 'torture', 'troops', 'unconventional', 'violence', 'visit', 'weapons', 'withdraw', 'withhold', 'yield')),
	CONSTRAINT "eventStatus" CHECK ("events"."status" in ('occurred', 'ongoing', 'planned', 'proposed', 'alleged', 'cancelled')),
	CONSTRAINT "eventDays" CHECK ("events"."earliest" <= "events"."latest"),
	CONSTRAINT "eventModeNeedsType" CHECK ("events"."mode" is null or "events"."type" is not null),
	CONSTRAINT "eventPlace" CHECK ("events"."country" is null or "events"."placeName" is not null),
	CONSTRAINT "eventCoordinates" CHECK (("events"."latitude" is null) = ("events"."longitude" is null))
);
--> statement-breakpoint
CREATE TABLE "figures" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"event" text collate "C",
	"claim" text collate "C",
	"ordinal" integer NOT NULL,
	"measure" text collate "C" NOT NULL,
	"value" double precision,
	"low" double precision,
	"high" double precision,
	"unit" text collate "C" NOT NULL,
	"approximate" integer NOT NULL,
	"of" text collate "C" NOT NULL,
	"sortDay" text collate "C" NOT NULL,
	"sortDayDescending" text collate "C" NOT NULL,
	CONSTRAINT "figureMeasure" CHECK ("figures"."measure" in ('killed', 'wounded', 'displaced', 'trafficked', 'detained', 'people', 'lost', 'seized', 'earned', 'spent', 'traded', 'rate', 'share', 'growth', 'duration', 'distance', 'count')),
	CONSTRAINT "figureOfOneRecord" CHECK (("figures"."event" is null) <> ("figures"."claim" is null)),
	CONSTRAINT "figureValue" CHECK (case when "figures"."value" is null then "figures"."low" is not null or "figures"."high" is not null else "figures"."low" is null and "figures"."high" is null end),
	CONSTRAINT "figureRange" CHECK ("figures"."low" is null or "figures"."high" is null or "figures"."low" <= "figures"."high"),
	CONSTRAINT "figureApproximate" CHECK ("figures"."approximate" in (0, 1))
);
--> statement-breakpoint
CREATE TABLE "passages" (
	"sha256" text collate "C" PRIMARY KEY NOT NULL,
	"text" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "positions" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"claim" text collate "C" NOT NULL,
	"ordinal" integer NOT NULL,
	"actor" text collate "C" NOT NULL,
	"stance" text collate "C" NOT NULL,
	"statement" text collate "C",
	"voice" text collate "C" DEFAULT '' NOT NULL,
	"since" text collate "C" NOT NULL,
	"earliest" text collate "C",
	"latest" text collate "C",
	"boundedEarliest" text collate "C",
	"boundedLatest" text collate "C",
	"begunBy" text collate "C",
	"lastsUntil" text collate "C",
	"sortDay" text collate "C" NOT NULL,
	"sortDayDescending" text collate "C" DEFAULT '' NOT NULL,
	CONSTRAINT "stance" CHECK ("positions"."stance" in ('asserts', 'supports', 'reports', 'doubts', 'denies')),
	CONSTRAINT "positionDays" CHECK ("positions"."earliest" <= "positions"."latest")
);
--> statement-breakpoint
CREATE TABLE "retiredIds" (
	"kind" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"dataset" text collate "C" NOT NULL,
	"mergedInto" text collate "C",
	"reason" text collate "C",
	CONSTRAINT "retiredIds_kind_id_pk" PRIMARY KEY("kind","id"),
	CONSTRAINT "retiredKind" CHECK ("retiredIds"."kind" in ('dataset', 'topic', 'actor', 'source', 'event', 'statement', 'claim')),
	CONSTRAINT "retiredWhy" CHECK ("retiredIds"."mergedInto" is not null or "retiredIds"."reason" is not null)
);
--> statement-breakpoint
CREATE TABLE "searchDocuments" (
	"sequence" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "searchDocuments_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"title" text collate "C" NOT NULL,
	"body" text collate "C" NOT NULL,
	"cited" text collate "C" DEFAULT '' NOT NULL,
	"titleTerms" text collate "C" DEFAULT '' NOT NULL,
	"bodyTerms" text collate "C" DEFAULT '' NOT NULL,
	"citedTerms" text collate "C" DEFAULT '' NOT NULL,
	"titleStems" text collate "C" DEFAULT '' NOT NULL,
	"bodyStems" text collate "C" DEFAULT '' NOT NULL,
	"citedStems" text collate "C" DEFAULT '' NOT NULL,
	CONSTRAINT "searchDocumentKind" CHECK ("searchDocuments"."kind" in ('event', 'statement', 'claim', 'actor', 'topic', 'source'))
);
--> statement-breakpoint
CREATE TABLE "searchWords" (
	"term" text collate "C" PRIMARY KEY NOT NULL,
	"records" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sourceContributors" (
	"source" text collate "C" NOT NULL,
	"ordinal" integer NOT NULL,
	"actor" text collate "C" NOT NULL,
	"role" text collate "C" NOT NULL,
	CONSTRAINT "sourceContributors_source_ordinal_pk" PRIMARY KEY("source","ordinal"),
	CONSTRAINT "contributorRole" CHECK ("sourceContributors"."role" in ('author', 'editor', 'photographer'))
);
--> statement-breakpoint
CREATE TABLE "sourceDerivations" (
	"source" text collate "C" NOT NULL,
	"derivedFrom" text collate "C" NOT NULL,
	CONSTRAINT "sourceDerivations_source_derivedFrom_pk" PRIMARY KEY("source","derivedFrom"),
	CONSTRAINT "sourceDerivesFromAnother" CHECK ("sourceDerivations"."source" <> "sourceDerivations"."derivedFrom")
);
--> statement-breakpoint
CREATE TABLE "sources" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"dataset" text collate "C" NOT NULL,
	"title" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"publisher" text collate "C",
	"republisher" text collate "C",
	"language" text collate "C" NOT NULL,
	"published" text collate "C" NOT NULL,
	"earliest" text collate "C",
	"latest" text collate "C",
	"boundedEarliest" text collate "C",
	"boundedLatest" text collate "C",
	"begunBy" text collate "C",
	"lastsUntil" text collate "C",
	"sortDay" text collate "C" NOT NULL,
	"sortDayDescending" text collate "C" DEFAULT '' NOT NULL,
	"textFile" text collate "C",
	"textSha256" text collate "C",
	"textLength" integer,
	"contentHash" text collate "C" NOT NULL,
	CONSTRAINT "sourceKind" CHECK ("sources"."kind" in ('news', 'analysis', 'interview', 'opinion', 'dataset')),
	CONSTRAINT "sourceDays" CHECK ("sources"."earliest" <= "sources"."latest"),
	CONSTRAINT "sourceText" CHECK (("sources"."textFile" is null) = ("sources"."textSha256" is null) and ("sources"."textFile" is null) = ("sources"."textLength" is null))
);
--> statement-breakpoint
CREATE TABLE "statementAbout" (
	"statement" text collate "C" NOT NULL,
	"actor" text collate "C" NOT NULL,
	"ordinal" integer NOT NULL,
	CONSTRAINT "statementAbout_statement_actor_pk" PRIMARY KEY("statement","actor")
);
--> statement-breakpoint
CREATE TABLE "statementTopics" (
	"statement" text collate "C" NOT NULL,
	"topic" text collate "C" NOT NULL,
	"ordinal" integer NOT NULL,
	CONSTRAINT "statementTopics_statement_topic_pk" PRIMARY KEY("statement","topic")
);
--> statement-breakpoint
CREATE TABLE "statements" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"dataset" text collate "C" NOT NULL,
	"speaker" text collate "C" NOT NULL,
	"relayedBy" text collate "C",
	"onBehalfOf" text collate "C",
	"form" text collate "C" NOT NULL,
	"medium" text collate "C",
	"said" text collate "C" NOT NULL,
	"earliest" text collate "C",
	"latest" text collate "C",
	"boundedEarliest" text collate "C",
	"boundedLatest" text collate "C",
	"begunBy" text collate "C",
	"lastsUntil" text collate "C",
	"sortDay" text collate "C" NOT NULL,
	"sortDayDescending" text collate "C" DEFAULT '' NOT NULL,
	"gist" text collate "C" NOT NULL,
	"occasion" text collate "C",
	"contentHash" text collate "C" NOT NULL,
	CONSTRAINT "statementForm" CHECK ("statements"."form" in ('quote', 'paraphrase')),
	CONSTRAINT "statementMedium" CHECK ("statements"."medium" in ('interview', 'press-conference', 'post', 'website', 'article', 'speech')),
	CONSTRAINT "statementDays" CHECK ("statements"."earliest" <= "statements"."latest")
);
--> statement-breakpoint
CREATE TABLE "topics" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"label" text collate "C" NOT NULL,
	"description" text collate "C" NOT NULL,
	"broader" text collate "C",
	"definedBy" text collate "C" NOT NULL,
	"contentHash" text collate "C" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "actorAliases" ADD CONSTRAINT "actorAliases_actor_actors_id_fk" FOREIGN KEY ("actor") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "actorAliases" ADD CONSTRAINT "actorAliases_source_sources_id_fk" FOREIGN KEY ("source") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "actors" ADD CONSTRAINT "actors_parent_actors_id_fk" FOREIGN KEY ("parent") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "actors" ADD CONSTRAINT "actors_definedBy_datasets_id_fk" FOREIGN KEY ("definedBy") REFERENCES "public"."datasets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "affiliations" ADD CONSTRAINT "affiliations_actor_actors_id_fk" FOREIGN KEY ("actor") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "affiliations" ADD CONSTRAINT "affiliations_organization_actors_id_fk" FOREIGN KEY ("organization") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_dataset_datasets_id_fk" FOREIGN KEY ("dataset") REFERENCES "public"."datasets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_event_events_id_fk" FOREIGN KEY ("event") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_statement_statements_id_fk" FOREIGN KEY ("statement") REFERENCES "public"."statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_position_positions_id_fk" FOREIGN KEY ("position") REFERENCES "public"."positions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_affiliation_affiliations_id_fk" FOREIGN KEY ("affiliation") REFERENCES "public"."affiliations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_link_eventLinks_id_fk" FOREIGN KEY ("link") REFERENCES "public"."eventLinks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_figure_figures_id_fk" FOREIGN KEY ("figure") REFERENCES "public"."figures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_source_sources_id_fk" FOREIGN KEY ("source") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claimAbout" ADD CONSTRAINT "claimAbout_claim_claims_id_fk" FOREIGN KEY ("claim") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claimAbout" ADD CONSTRAINT "claimAbout_actor_actors_id_fk" FOREIGN KEY ("actor") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claimContradictions" ADD CONSTRAINT "claimContradictions_claim_claims_id_fk" FOREIGN KEY ("claim") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claimContradictions" ADD CONSTRAINT "claimContradictions_contradicts_claims_id_fk" FOREIGN KEY ("contradicts") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claimTopics" ADD CONSTRAINT "claimTopics_claim_claims_id_fk" FOREIGN KEY ("claim") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claimTopics" ADD CONSTRAINT "claimTopics_topic_topics_id_fk" FOREIGN KEY ("topic") REFERENCES "public"."topics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_dataset_datasets_id_fk" FOREIGN KEY ("dataset") REFERENCES "public"."datasets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_event_events_id_fk" FOREIGN KEY ("event") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eventLinks" ADD CONSTRAINT "eventLinks_event_events_id_fk" FOREIGN KEY ("event") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eventLinks" ADD CONSTRAINT "eventLinks_other_events_id_fk" FOREIGN KEY ("other") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eventParticipants" ADD CONSTRAINT "eventParticipants_event_events_id_fk" FOREIGN KEY ("event") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eventParticipants" ADD CONSTRAINT "eventParticipants_actor_actors_id_fk" FOREIGN KEY ("actor") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eventParticipants" ADD CONSTRAINT "eventParticipants_onBehalfOf_actors_id_fk" FOREIGN KEY ("onBehalfOf") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eventTopics" ADD CONSTRAINT "eventTopics_event_events_id_fk" FOREIGN KEY ("event") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eventTopics" ADD CONSTRAINT "eventTopics_topic_topics_id_fk" FOREIGN KEY ("topic") REFERENCES "public"."topics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_dataset_datasets_id_fk" FOREIGN KEY ("dataset") REFERENCES "public"."datasets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "figures" ADD CONSTRAINT "figures_event_events_id_fk" FOREIGN KEY ("event") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "figures" ADD CONSTRAINT "figures_claim_claims_id_fk" FOREIGN KEY ("claim") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "positions" ADD CONSTRAINT "positions_claim_claims_id_fk" FOREIGN KEY ("claim") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "positions" ADD CONSTRAINT "positions_actor_actors_id_fk" FOREIGN KEY ("actor") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "positions" ADD CONSTRAINT "positions_statement_statements_id_fk" FOREIGN KEY ("statement") REFERENCES "public"."statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retiredIds" ADD CONSTRAINT "retiredIds_dataset_datasets_id_fk" FOREIGN KEY ("dataset") REFERENCES "public"."datasets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sourceContributors" ADD CONSTRAINT "sourceContributors_source_sources_id_fk" FOREIGN KEY ("source") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sourceContributors" ADD CONSTRAINT "sourceContributors_actor_actors_id_fk" FOREIGN KEY ("actor") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sourceDerivations" ADD CONSTRAINT "sourceDerivations_source_sources_id_fk" FOREIGN KEY ("source") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sourceDerivations" ADD CONSTRAINT "sourceDerivations_derivedFrom_sources_id_fk" FOREIGN KEY ("derivedFrom") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sources" ADD CONSTRAINT "sources_dataset_datasets_id_fk" FOREIGN KEY ("dataset") REFERENCES "public"."datasets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sources" ADD CONSTRAINT "sources_publisher_actors_id_fk" FOREIGN KEY ("publisher") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sources" ADD CONSTRAINT "sources_republisher_actors_id_fk" FOREIGN KEY ("republisher") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statementAbout" ADD CONSTRAINT "statementAbout_statement_statements_id_fk" FOREIGN KEY ("statement") REFERENCES "public"."statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statementAbout" ADD CONSTRAINT "statementAbout_actor_actors_id_fk" FOREIGN KEY ("actor") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statementTopics" ADD CONSTRAINT "statementTopics_statement_statements_id_fk" FOREIGN KEY ("statement") REFERENCES "public"."statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statementTopics" ADD CONSTRAINT "statementTopics_topic_topics_id_fk" FOREIGN KEY ("topic") REFERENCES "public"."topics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_dataset_datasets_id_fk" FOREIGN KEY ("dataset") REFERENCES "public"."datasets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_speaker_actors_id_fk" FOREIGN KEY ("speaker") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_relayedBy_actors_id_fk" FOREIGN KEY ("relayedBy") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_onBehalfOf_actors_id_fk" FOREIGN KEY ("onBehalfOf") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_occasion_events_id_fk" FOREIGN KEY ("occasion") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topics" ADD CONSTRAINT "topics_broader_topics_id_fk" FOREIGN KEY ("broader") REFERENCES "public"."topics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topics" ADD CONSTRAINT "topics_definedBy_datasets_id_fk" FOREIGN KEY ("definedBy") REFERENCES "public"."datasets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "actorAliasesByName" ON "actorAliases" USING btree ("nameFolded");--> statement-breakpoint
CREATE INDEX "actorAliasesBySource" ON "actorAliases" USING btree ("source","actor");--> statement-breakpoint
CREATE INDEX "actorsByName" ON "actors" USING btree ("nameFolded","id");--> statement-breakpoint
CREATE INDEX "actorsByKind" ON "actors" USING btree ("kind");--> statement-breakpoint
CREATE INDEX "actorsByParent" ON "actors" USING btree ("parent");--> statement-breakpoint
CREATE UNIQUE INDEX "affiliationsByActor" ON "affiliations" USING btree ("actor","ordinal");--> statement-breakpoint
CREATE INDEX "affiliationsByOrganization" ON "affiliations" USING btree ("organization");--> statement-breakpoint
CREATE INDEX "changesByRecord" ON "changes" USING btree ("kind","id");--> statement-breakpoint
CREATE INDEX "changesByDataset" ON "changes" USING btree ("dataset");--> statement-breakpoint
CREATE UNIQUE INDEX "citationsByEvent" ON "citations" USING btree ("event","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "citationsByStatement" ON "citations" USING btree ("statement","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "citationsByPosition" ON "citations" USING btree ("position","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "citationsByAffiliation" ON "citations" USING btree ("affiliation","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "citationsByLink" ON "citations" USING btree ("link","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "citationsByFigure" ON "citations" USING btree ("figure","ordinal");--> statement-breakpoint
CREATE INDEX "citationsBySource" ON "citations" USING btree ("source","start");--> statement-breakpoint
CREATE INDEX "citationsReporting" ON "citations" USING btree ("event") WHERE "citations"."reports" is not null;--> statement-breakpoint
CREATE INDEX "claimAboutByActor" ON "claimAbout" USING btree ("actor","claim");--> statement-breakpoint
CREATE INDEX "claimContradictionsByOther" ON "claimContradictions" USING btree ("contradicts");--> statement-breakpoint
CREATE INDEX "claimTopicsByTopic" ON "claimTopics" USING btree ("topic","claim");--> statement-breakpoint
CREATE INDEX "claimsByDay" ON "claims" USING btree ("sortDay","id");--> statement-breakpoint
CREATE INDEX "claimsByDayDescending" ON "claims" USING btree ("sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "claimsByDataset" ON "claims" USING btree ("dataset");--> statement-breakpoint
CREATE INDEX "claimsByKind" ON "claims" USING btree ("kind");--> statement-breakpoint
CREATE INDEX "claimsByStanding" ON "claims" USING btree ("standing");--> statement-breakpoint
CREATE INDEX "claimsByEvent" ON "claims" USING btree ("event");--> statement-breakpoint
CREATE UNIQUE INDEX "eventLinksByEvent" ON "eventLinks" USING btree ("event","relation","other");--> statement-breakpoint
CREATE INDEX "eventLinksByOther" ON "eventLinks" USING btree ("other","relation","event");--> statement-breakpoint
CREATE INDEX "eventParticipantsByActor" ON "eventParticipants" USING btree ("actor","role","event");--> statement-breakpoint
CREATE INDEX "eventParticipantsByPrincipal" ON "eventParticipants" USING btree ("onBehalfOf","role","event");--> statement-breakpoint
CREATE INDEX "eventTopicsByTopic" ON "eventTopics" USING btree ("topic","event");--> statement-breakpoint
CREATE INDEX "eventsByDay" ON "events" USING btree ("sortDay","id");--> statement-breakpoint
CREATE INDEX "eventsByDayDescending" ON "events" USING btree ("sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "eventsByEarliest" ON "events" USING btree ("earliest");--> statement-breakpoint
CREATE INDEX "eventsByLatest" ON "events" USING btree ("latest");--> statement-breakpoint
CREATE INDEX "eventsByDataset" ON "events" USING btree ("dataset");--> statement-breakpoint
CREATE INDEX "eventsByType" ON "events" USING btree ("type");--> statement-breakpoint
CREATE INDEX "eventsByMode" ON "events" USING btree ("mode");--> statement-breakpoint
CREATE INDEX "eventsByStatus" ON "events" USING btree ("status");--> statement-breakpoint
CREATE INDEX "eventsByCountry" ON "events" USING btree ("country");--> statement-breakpoint
CREATE UNIQUE INDEX "figuresByEvent" ON "figures" USING btree ("event","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "figuresByClaim" ON "figures" USING btree ("claim","ordinal");--> statement-breakpoint
CREATE INDEX "figuresByDay" ON "figures" USING btree ("sortDay","id");--> statement-breakpoint
CREATE INDEX "figuresByDayDescending" ON "figures" USING btree ("sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "figuresByMeasure" ON "figures" USING btree ("measure");--> statement-breakpoint
CREATE INDEX "figuresByUnit" ON "figures" USING btree ("unit");--> statement-breakpoint
CREATE UNIQUE INDEX "positionsByClaim" ON "positions" USING btree ("claim","ordinal");--> statement-breakpoint
CREATE INDEX "positionsByActor" ON "positions" USING btree ("actor","stance","claim");--> statement-breakpoint
CREATE INDEX "positionsByStance" ON "positions" USING btree ("stance","claim");--> statement-breakpoint
CREATE INDEX "positionsByStatement" ON "positions" USING btree ("statement");--> statement-breakpoint
CREATE INDEX "positionsByEarliest" ON "positions" USING btree ("earliest");--> statement-breakpoint
CREATE INDEX "positionsByLatest" ON "positions" USING btree ("latest");--> statement-breakpoint
CREATE INDEX "retiredIdsByDataset" ON "retiredIds" USING btree ("dataset");--> statement-breakpoint
CREATE UNIQUE INDEX "searchDocumentsByRecord" ON "searchDocuments" USING btree ("kind","id");--> statement-breakpoint
CREATE INDEX "sourceContributorsByActor" ON "sourceContributors" USING btree ("actor");--> statement-breakpoint
CREATE INDEX "sourceDerivationsByOrigin" ON "sourceDerivations" USING btree ("derivedFrom");--> statement-breakpoint
CREATE INDEX "sourcesByDay" ON "sources" USING btree ("sortDay","id");--> statement-breakpoint
CREATE INDEX "sourcesByDayDescending" ON "sources" USING btree ("sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "sourcesByLatest" ON "sources" USING btree ("latest");--> statement-breakpoint
CREATE INDEX "sourcesByKind" ON "sources" USING btree ("kind");--> statement-breakpoint
CREATE INDEX "sourcesByDataset" ON "sources" USING btree ("dataset");--> statement-breakpoint
CREATE INDEX "sourcesByPublisher" ON "sources" USING btree ("publisher");--> statement-breakpoint
CREATE INDEX "statementAboutByActor" ON "statementAbout" USING btree ("actor","statement");--> statement-breakpoint
CREATE INDEX "statementTopicsByTopic" ON "statementTopics" USING btree ("topic","statement");--> statement-breakpoint
CREATE INDEX "statementsByDay" ON "statements" USING btree ("sortDay","id");--> statement-breakpoint
CREATE INDEX "statementsByDayDescending" ON "statements" USING btree ("sortDayDescending","id");--> statement-breakpoint
CREATE INDEX "statementsByEarliest" ON "statements" USING btree ("earliest");--> statement-breakpoint
CREATE INDEX "statementsByLatest" ON "statements" USING btree ("latest");--> statement-breakpoint
CREATE INDEX "statementsByDataset" ON "statements" USING btree ("dataset");--> statement-breakpoint
CREATE INDEX "statementsBySpeaker" ON "statements" USING btree ("speaker");--> statement-breakpoint
CREATE INDEX "statementsByRelayer" ON "statements" USING btree ("relayedBy");--> statement-breakpoint
CREATE INDEX "statementsByPrincipal" ON "statements" USING btree ("onBehalfOf");--> statement-breakpoint
CREATE INDEX "statementsByForm" ON "statements" USING btree ("form");--> statement-breakpoint
CREATE INDEX "statementsByMedium" ON "statements" USING btree ("medium");--> statement-breakpoint
CREATE INDEX "statementsByOccasion" ON "statements" USING btree ("occasion");--> statement-breakpoint
CREATE INDEX "topicsByBroader" ON "topics" USING btree ("broader");--> statement-breakpoint
CREATE INDEX "topicsByLabel" ON "topics" USING btree ("label","id");