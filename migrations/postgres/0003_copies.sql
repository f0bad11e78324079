CREATE TABLE "copies" (
	"version" text collate "C" PRIMARY KEY NOT NULL,
	"step" integer NOT NULL,
	"after" text collate "C" NOT NULL
);
