// One journey through the API with each official Node SDK, as its users write
// it: what the SDK sends by itself, its pagers and its errors are what is tested.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { inspect } from "node:util";

import * as sdk6 from "intercom-client-6";
import * as sdk7 from "intercom-client-7";

import { check, equal, noDuplicates } from "./expect.js";
import { start } from "./server.js";

// The major versions differ in the type of IDs in requests, and in the version
// of the API that they ask for when told nothing.
const journeys = [
  { name: "SDK 7 as it comes", sdk: sdk7, id: Number, options: {}, version: "2.14" },
  { name: "SDK 7 with 2.11", sdk: sdk7, id: Number, options: { version: "2.11" }, version: "2.11" },
  { name: "SDK 6 as it comes", sdk: sdk6, id: String, options: {}, version: "2.11" },
  { name: "SDK 6 with 2.10", sdk: sdk6, id: String, options: { version: "2.10" }, version: "2.10" },
];

// collect iterates a pager to its end, and no further than most items.
async function collect(pager, most) {
  const items = [];
  for await (const item of pager) {
    items.push(item);
    assert.ok(items.length <= most, `the pager goes on after ${most} items: ${inspect(items.map((i) => i.id))}`);
  }
  return items;
}

// refused wants the call to fail with that error of the SDK, whose body is the
// API's own list of errors with that code.
async function refused(call, sdk, errorName, status, code) {
  let answer;
  try {
    answer = await call();
  } catch (error) {
    check(error, error instanceof sdk.Intercom[errorName], `the error should be a ${errorName}`);
    equal(error, error.statusCode, status, "statusCode");
    equal(error, error.body?.type, "error.list", "body.type");
    equal(error, error.body.errors.map((e) => e.code), [code], "codes");
    check(error, /^[0-9a-v]{20}$/.test(error.body.request_id), "request_id should be 20 characters");
    return;
  }
  assert.fail(`the call should fail with ${errorName}; the answer was ${inspect(answer, { depth: 8 })}`);
}

for (const { name, sdk, id, options, version } of journeys) {
  describe(name, () => {
    let server, client, me;

    before(async () => {
      server = await start();
      client = new sdk.IntercomClient({ token: server.token, baseUrl: server.baseUrl, ...options });
      me = await client.admins.identify();
    });
    after(() => server?.stop());

    const create = (fields) => client.articles.create({ author_id: Number(me.id), ...fields });

    test(`asks for API version ${version} and gets it`, async () => {
      const { data, rawResponse } = await client.admins.identify().withRawResponse();
      equal(data, rawResponse.headers.get("intercom-version"), version, "Intercom-Version");
      equal(data, data.type, "admin", "type");
      check(data, typeof data.id === "string" && data.app.id_code.length > 0, "an admin has an id and an app");
    });

    test("an article is created, read, changed, translated and deleted", async () => {
      const created = await create({ title: "How to reset a password", description: "In three steps", body: "<p>Open the settings.</p>", state: "published" });
      equal(created, created.type, "article", "type");
      equal(created, created.title, "How to reset a password", "title");
      equal(created, created.body, '<p class="no-margin">Open the settings.</p>', "body");
      equal(created, created.state, "published", "state");
      equal(created, created.author_id, Number(me.id), "author_id");
      check(created, !("translated_content" in created), "a help center in one language says nothing of translations");

      const article_id = id(created.id);
      const found = await client.articles.find({ article_id });
      equal(found, found, created, "the article found");

      const updated = await client.articles.update({ article_id, title: "Reset your password" });
      equal(updated, updated.title, "Reset your password", "title");
      equal(updated, updated.body, created.body, "body, which was not sent");
      check(updated, updated.updated_at >= created.updated_at, "updated_at should not go back");

      const fr = { title: "Réinitialiser le mot de passe", body: "<p>Ouvrez les réglages.</p>", state: "published" };
      const translated = await client.articles.update({ article_id, translated_content: { fr } });
      equal(translated, translated.default_locale, "en", "default_locale");
      equal(translated, translated.title, "Reset your password", "title in the default locale");
      equal(translated, translated.translated_content.fr.title, fr.title, "title in French");
      equal(translated, translated.translated_content.fr.author_id, Number(me.id), "author in French");
      equal(translated, translated.translated_content.en.title, "Reset your password", "title in English");

      const hidden = await client.articles.update({ article_id, translated_content: { fr: { state: "draft" } } });
      equal(hidden, hidden.translated_content.fr.state, "draft", "state in French");
      equal(hidden, hidden.translated_content.fr.title, fr.title, "title in French, which was not sent");

      const deleted = await client.articles.delete({ article_id });
      equal(deleted, deleted, { id: created.id, object: "article", deleted: true }, "the answer to a deletion");
      await refused(() => client.articles.delete({ article_id }), sdk, "NotFoundError", 404, "not_found");
      await refused(() => client.articles.find({ article_id }), sdk, "NotFoundError", 404, "not_found");
    });

    test("an article that is changed and sent back whole is changed", async () => {
      const made = await create({ title: "Invoices", body: "<p>Ask <strong>Ada</strong>.</p>", state: "published",
        translated_content: { fr: { title: "Factures", body: "<p>Demandez à Ada.</p>", state: "published" } } });
      const article_id = id(made.id);
      for (const [field, sent, answered] of [
        ["title", "Your invoices", "Your invoices"],
        ["description", "Where they are", "Where they are"],
        ["body", "<p>Ask Bo.</p>", '<p class="no-margin">Ask Bo.</p>'],
        ["state", "draft", "draft"],
      ]) {
        const before = await client.articles.find({ article_id });
        const after = await client.articles.update({ ...before, article_id, [field]: sent });
        equal(after, after[field], answered, `${field} at the root`);
        equal(after, after.translated_content.en[field], answered, `${field} in English`);
        equal(after, after.translated_content.fr, before.translated_content.fr, "the French text");
      }
      const before = await client.articles.find({ article_id });
      const translated_content = { ...before.translated_content, en: { ...before.translated_content.en, title: "All invoices" } };
      const after = await client.articles.update({ ...before, article_id, translated_content });
      equal(after, after.title, "All invoices", "title changed in the entry");
      await client.articles.delete({ article_id });

      const group = await client.helpCenters.collections.create({ name: "Billing", translated_content: { fr: { name: "Facturation" } } });
      const collection_id = id(group.id);
      const found = await client.helpCenters.collections.find({ collection_id });
      const renamed = await client.helpCenters.collections.update({ ...found, collection_id, name: "Payments" });
      equal(renamed, renamed.name, "Payments", "name");
      equal(renamed, renamed.translated_content.fr.name, "Facturation", "name in French");
      await client.helpCenters.collections.delete({ collection_id });
    });

    test("the pager walks all articles, each once, newest first", async () => {
      const before = await collect(await client.articles.list(), 1000);
      const made = [];
      for (let n = 1; n <= 11; n++) made.push(await create({ title: `Page ${n}`, body: `<p>${n}</p>` }));

      const first = await client.articles.list({ per_page: 4 });
      equal(first.data, first.data.length, 4, "length of the first page");
      const all = await collect(await client.articles.list({ per_page: 4 }), 1000);
      equal(all, all.length, before.length + 11, "number of articles");
      noDuplicates(all);
      const newest = made.map((a) => a.id).reverse();
      equal(all, all.slice(0, 11).map((a) => a.id), newest, "order");
      check(all, all.every((a) => !("statistics" in a)), "the items of a list have no statistics");

      const pageTwo = await client.articles.list({ page: 2, per_page: 4 });
      equal(pageTwo.data, pageTwo.data.map((a) => a.id), newest.slice(4, 8), "page 2");
      for (const { id: made_id } of made) await client.articles.delete({ article_id: id(made_id) });
    });

    test("search finds words in titles and bodies and marks them", async () => {
      const inTitle = await create({ title: "Zebra crossings", body: "<p>Look left and right.</p>" });
      const inBody = await create({ title: "Street furniture", body: "<p>Lamps, benches and a zebra by the school.</p>", state: "published" });

      const hits = await client.articles.search({ phrase: "zebra", highlight: true });
      equal(hits, hits.total_count, 2, "total_count");
      equal(hits, hits.data.articles.map((a) => a.id), [inTitle.id, inBody.id], "hits, the title's first");
      equal(hits, hits.data.highlights.map((h) => h.article_id), [inTitle.id, inBody.id], "highlights");
      equal(hits, hits.data.highlights[0].highlighted_title, [{ type: "highlight", text: "Zebra" }, { type: "plain", text: " crossings" }], "highlighted_title");
      check(hits, hits.data.highlights[1].highlighted_summary.flat().some((run) => run.type === "highlight" && run.text === "zebra"), "the word in the body is marked");

      const published = await client.articles.search({ phrase: "zebra", state: "published" });
      equal(published, published.data.articles.map((a) => a.id), [inBody.id], "published hits");
      equal(published, published.data.highlights, [], "highlights, which were not asked for");
      const none = await client.articles.search({ phrase: "xylophone" });
      equal(none, none.total_count, 0, "total_count of nothing");
    });

    test("collections are created, nested, listed, changed and deleted", async () => {
      const { collections } = client.helpCenters;
      const parent = await collections.create({ name: "Accounts", description: "All about accounts" });
      equal(parent, parent.name, "Accounts", "name");
      equal(parent, parent.parent_id, null, "parent_id");
      const child = await collections.create({ name: "Passwords", parent_id: parent.id });
      equal(child, child.parent_id, parent.id, "parent_id");

      const all = await collect(await collections.list({ per_page: 1 }), 100);
      noDuplicates(all);
      equal(all, all.map((c) => c.name).sort(), ["Accounts", "Passwords"], "names");

      const renamed = await collections.update({ collection_id: id(child.id), name: "Secrets" });
      equal(renamed, renamed.name, "Secrets", "name");
      equal(renamed, renamed.parent_id, parent.id, "parent_id, which was not sent");
      const found = await collections.find({ collection_id: id(child.id) });
      equal(found, found, renamed, "the collection found");

      const inside = await create({ title: "Inside", parent_id: Number(child.id), parent_type: "collection" });
      equal(inside, inside.parent_id, Number(child.id), "parent_id of an article");

      const deleted = await collections.delete({ collection_id: id(parent.id) });
      equal(deleted, deleted, { id: parent.id, object: "collection", deleted: true }, "the answer to a deletion");
      await refused(() => collections.find({ collection_id: id(parent.id) }), sdk, "NotFoundError", 404, "not_found");
      await refused(() => collections.find({ collection_id: id(child.id) }), sdk, "NotFoundError", 404, "not_found");
      const orphan = await client.articles.find({ article_id: id(inside.id) });
      equal(orphan, orphan.parent_id, null, "parent_id of an article whose collection is gone");
    });

    test("the pager of help centers comes to an end", async () => {
      const all = await collect(await client.helpCenters.list(), 10);
      equal(all, all.map((h) => h.identifier), ["help"], "identifiers");
      const found = await client.helpCenters.find({ help_center_id: id(all[0].id) });
      equal(found, found.id, all[0].id, "id");
    });

    test("admins are listed, found and away, and the activity log tells", async () => {
      const admin_id = id(me.id);
      const list = await client.admins.list();
      equal(list, list.type, "admin.list", "type");
      equal(list, list.admins[0].id, me.id, "the first admin, who is a person");
      const found = await client.admins.find({ admin_id });
      equal(found, found.name, me.name, "name");

      const away = await client.admins.away({ admin_id, away_mode_enabled: true, away_mode_reassign: true });
      equal(away, [away.away_mode_enabled, away.away_mode_reassign], [true, true], "away mode");
      const back = await client.admins.away({ admin_id, away_mode_enabled: false, away_mode_reassign: false });
      equal(back, back.away_mode_enabled, false, "away_mode_enabled");

      const log = await client.admins.listAllActivityLogs({ created_at_after: String(Math.floor(Date.now() / 1000) - 600) });
      check(log, log.activity_logs.some((entry) => entry.activity_type === "admin_away_mode_change"), "the log should tell of the change");
      await refused(() => client.admins.find({ admin_id: id("999999999") }), sdk, "NotFoundError", 404, "admin_not_found");
    });

    test("tags are created, listed and deleted, and teams are listed", async () => {
      const tag = await client.tags.create({ name: "Billing" });
      equal(tag, [tag.type, tag.name], ["tag", "Billing"], "tag");
      const same = await client.tags.create({ name: "billing" });
      equal(same, same.id, tag.id, "id of the tag with the same name");
      const found = await client.tags.find({ tag_id: tag.id });
      equal(found, found.name, "Billing", "name");
      const list = await client.tags.list();
      equal(list, list.data.map((t) => t.id), [tag.id], "ids");
      await client.tags.delete({ tag_id: tag.id });
      const empty = await client.tags.list();
      equal(empty, empty.data, [], "tags after the deletion");
      const teams = await client.teams.list();
      equal(teams, [teams.type, teams.teams], ["team.list", []], "teams");
    });

    test("errors become the SDK's own", async () => {
      const stranger = new sdk.IntercomClient({ token: "not-a-token", baseUrl: server.baseUrl, ...options });
      await refused(() => stranger.articles.list(), sdk, "UnauthorizedError", 401, "unauthorized");
      await refused(() => client.articles.create({ title: "By nobody" }), sdk, "BadRequestError", 400, "parameter_not_found");
      await refused(() => create({}), sdk, "BadRequestError", 400, "parameter_not_found");
    });
  });
}
