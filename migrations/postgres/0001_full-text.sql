-- The terms are folded and separated already (`domain/words.ts`). As lexemes: t of titles and bodies, T of what is cited, s and S their
-- stems. Cut, because PostgreSQL takes no lexeme of more than 2,046 bytes; queries compare longer words in full.
CREATE FUNCTION "searchVector"("titleTerms" text, "bodyTerms" text, "citedTerms" text, "titleStems" text, "bodyStems" text, "citedStems" text) RETURNS tsvector
	LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT array_to_tsvector(coalesce(array_agg(DISTINCT prefix || left(word, 500)), '{}'))
	FROM (VALUES ('t', $1), ('t', $2), ('T', $3), ('s', $4), ('s', $5), ('S', $6)) AS texts(prefix, words),
		unnest(string_to_array(words, ' ')) AS word
	WHERE word <> ''
$$;--> statement-breakpoint
ALTER TABLE "searchDocuments" ADD COLUMN "vector" tsvector GENERATED ALWAYS AS ("searchVector"("titleTerms", "bodyTerms", "citedTerms", "titleStems", "bodyStems", "citedStems")) STORED;--> statement-breakpoint
-- As many as the full-text index of SQLite has of a document, by which its length is weighed.
ALTER TABLE "searchDocuments" ADD COLUMN "tokens" bigint GENERATED ALWAYS AS (2 * (cardinality(string_to_array("titleTerms", ' ')) + cardinality(string_to_array("bodyTerms", ' ')) + cardinality(string_to_array("citedTerms", ' ')))) STORED;--> statement-breakpoint
CREATE INDEX "searchDocumentsByVector" ON "searchDocuments" USING gin ("vector") WITH (fastupdate = off);--> statement-breakpoint
CREATE TABLE "searchTotals" ("documents" bigint NOT NULL, "tokens" bigint NOT NULL);--> statement-breakpoint
INSERT INTO "searchTotals" VALUES (0, 0);--> statement-breakpoint
-- The words of titles and bodies of some documents, each once for a document. Without those that are too long for an index.
CREATE FUNCTION "searchWordsOf"("titleTerms" text, "bodyTerms" text) RETURNS SETOF text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT DISTINCT word FROM unnest(string_to_array($1 || ' ' || $2, ' ')) AS word WHERE word <> '' AND length(word) <= 500
$$;--> statement-breakpoint
CREATE FUNCTION "searchDocumentsInserted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO "searchWords" ("term", "records") SELECT word, count(*) FROM added, "searchWordsOf"("titleTerms", "bodyTerms") AS word GROUP BY word
		ON CONFLICT ("term") DO UPDATE SET "records" = "searchWords"."records" + excluded."records";
	UPDATE "searchTotals" SET "documents" = "documents" + (SELECT count(*) FROM added), "tokens" = "searchTotals"."tokens" + (SELECT coalesce(sum(added."tokens"), 0) FROM added);
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "searchDocumentsDeleted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE "searchWords" SET "records" = "searchWords"."records" - gone."records"
		FROM (SELECT word, count(*) AS "records" FROM removed, "searchWordsOf"("titleTerms", "bodyTerms") AS word GROUP BY word) AS gone WHERE "term" = gone.word;
	DELETE FROM "searchWords" WHERE "records" <= 0 AND "term" IN (SELECT word FROM removed, "searchWordsOf"("titleTerms", "bodyTerms") AS word);
	UPDATE "searchTotals" SET "documents" = "documents" - (SELECT count(*) FROM removed), "tokens" = "searchTotals"."tokens" - (SELECT coalesce(sum(removed."tokens"), 0) FROM removed);
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "searchDocumentsUpdated"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE "searchTotals" SET "tokens" = "searchTotals"."tokens" + (SELECT coalesce(sum(added."tokens"), 0) FROM added) - (SELECT coalesce(sum(removed."tokens"), 0) FROM removed);
	IF NOT EXISTS (SELECT 1 FROM removed INNER JOIN added USING ("sequence") WHERE (removed."titleTerms", removed."bodyTerms") <> (added."titleTerms", added."bodyTerms")) THEN RETURN NULL; END IF;
	INSERT INTO "searchWords" ("term", "records") SELECT word, count(*) FROM added, "searchWordsOf"("titleTerms", "bodyTerms") AS word GROUP BY word
		ON CONFLICT ("term") DO UPDATE SET "records" = "searchWords"."records" + excluded."records";
	UPDATE "searchWords" SET "records" = "searchWords"."records" - gone."records"
		FROM (SELECT word, count(*) AS "records" FROM removed, "searchWordsOf"("titleTerms", "bodyTerms") AS word GROUP BY word) AS gone WHERE "term" = gone.word;
	DELETE FROM "searchWords" WHERE "records" <= 0 AND "term" IN (SELECT word FROM removed, "searchWordsOf"("titleTerms", "bodyTerms") AS word);
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "searchDocumentsInserted" AFTER INSERT ON "searchDocuments" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "searchDocumentsInserted"();--> statement-breakpoint
CREATE TRIGGER "searchDocumentsDeleted" AFTER DELETE ON "searchDocuments" REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION "searchDocumentsDeleted"();--> statement-breakpoint
CREATE TRIGGER "searchDocumentsUpdated" AFTER UPDATE ON "searchDocuments" REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "searchDocumentsUpdated"();--> statement-breakpoint
-- One row: how many write transactions were committed, by which every process, and every replica, sees that the contents have changed.
CREATE TABLE "storeState" ("commits" bigint NOT NULL);--> statement-breakpoint
INSERT INTO "storeState" VALUES (0);
