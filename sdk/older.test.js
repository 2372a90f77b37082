// The official Node SDKs before version 6, which know the API by hand. They
// authorize with HTTP Basic, leave following pages.next to the caller, and name
// no version of the API unless told to.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { inspect } from "node:util";

import sdk3 from "intercom-client-3";
import sdk4 from "intercom-client-4";
import sdk5 from "intercom-client-5";

import { check, equal, noDuplicates } from "./expect.js";
import { start } from "./server.js";

// Each SDK asks for the version its own manual is about, or one that has
// sections, or none; answered is the version that it gets.
const journeys = [
  { name: "SDK 3 with 2.5", sdk: sdk3, version: 2.5, answered: "2.7" },
  { name: "SDK 4 with 2.8", sdk: sdk4, version: 2.8, answered: "2.8" },
  { name: "SDK 5 with 2.9", sdk: sdk5, version: 2.9, answered: "2.9" },
  { name: "SDK 5 as it comes", sdk: sdk5, answered: "2.11" },
];

// pages walks a list to its end as the SDKs do: each next page by its address.
async function pages(client, first) {
  const items = [];
  for (let page = first; ; page = await client.nextPage(page.pages)) {
    items.push(...page.data);
    equal(page, page.total_count >= items.length, true, "total_count is at least what was seen");
    if (!page.pages.next) {
      noDuplicates(items);
      equal(items, items.length, page.total_count, "number of items");
      return items;
    }
  }
}

// refused wants the call to fail with the SDK's own error for that code.
async function refused(call, status, code) {
  let answer;
  try {
    answer = await call();
  } catch (error) {
    check(error, error.body?.type === "error.list", "the error should carry the API's list of errors");
    equal(error, [error.statusCode, error.body.errors.map((e) => e.code)], [status, [code]], "status and codes");
    equal(error, error.message, error.body.errors[0].message, "message");
    return;
  }
  assert.fail(`the call should fail with ${code}; the answer was ${inspect(answer, { depth: 8 })}`);
}

for (const { name, sdk, version, answered } of journeys) {
  const sections = Number(answered.slice(2)) < 10;
  const type = sections ? "collection" : undefined;

  describe(name, () => {
    let server, client, me;

    before(async () => {
      server = await start();
      client = new sdk.Client({ tokenAuth: { token: server.token } });
      client.useRequestOpts({ baseURL: server.baseUrl });
      if (version) client.useRequestOpts({ headers: { "Intercom-Version": version } });
      me = (await client.admins.list()).admins[0];
    });
    after(() => server?.stop());

    const create = (fields) => client.articles.create({ authorId: Number(me.id), ...fields });

    test(`is answered in API version ${answered}`, async () => {
      const { data, headers } = await client.axiosInstance.get("/me");
      equal(data, headers["intercom-version"], answered, "Intercom-Version");
      equal(data, data.id, me.id, "id");
    });

    test("an article is created, read, changed, translated and deleted", async () => {
      const created = await create({ title: "How to reset a password", body: "<p>Open the settings.</p>", state: "published" });
      equal(created, [created.type, created.title, created.state], ["article", "How to reset a password", "published"], "the article created");
      equal(created, created.parent_id, null, "parent_id");
      equal(created, await client.articles.find({ id: created.id }), created, "the article found");

      const updated = await client.articles.update({ id: created.id, title: "Reset your password" });
      equal(updated, [updated.title, updated.body], ["Reset your password", created.body], "the title sent and the body not sent");

      const translatedContent = { fr: { type: "article_content", title: "Réinitialiser", body: "<p>Ouvrez.</p>", author_id: Number(me.id), state: "published" } };
      const translated = await client.articles.update({ id: created.id, translatedContent });
      equal(translated, translated.translated_content.fr.title, "Réinitialiser", "title in French");

      const deleted = await client.articles.delete({ id: created.id });
      equal(deleted, deleted, { id: created.id, object: "article", deleted: true }, "the answer to a deletion");
      await refused(() => client.articles.find({ id: created.id }), 404, "not_found");
      await refused(() => client.articles.create({ title: "By nobody" }), 400, "parameter_not_found");
    });

    test("articles are walked by the addresses of their pages", async () => {
      const made = [];
      for (let n = 1; n <= 7; n++) made.push((await create({ title: `Page ${n}` })).id);
      const all = await pages(client, await client.articles.list({ page: 1, perPage: 3 }));
      equal(all, all.slice(0, 7).map((a) => a.id), made.reverse(), "order");
      const second = await client.articles.list({ page: 2, perPage: 3 });
      equal(second, second.data.map((a) => a.id), made.slice(3, 6), "page 2");
      for (const id of made) await client.articles.delete({ id });
    });

    test("collections are created, listed, changed and deleted", async () => {
      const { collections } = client.helpCenter;
      const one = await collections.create({ name: "Accounts", description: "All about accounts" });
      equal(one, [one.name, one.description, one.type], ["Accounts", "All about accounts", type], "the collection created");
      const two = await collections.create({ name: "Billing", translatedContent: { fr: { type: "group_content", name: "Facturation" } } });
      equal(two, two.translated_content.fr.name, "Facturation", "name in French");
      const all = await pages(client, await collections.list({ page: 1, perPage: 1 }));
      equal(all, all.map((c) => c.name), ["Billing", "Accounts"], "names");

      const renamed = await collections.update({ id: one.id, name: "Your account" });
      equal(renamed, [renamed.name, renamed.description], ["Your account", "All about accounts"], "the name sent and the description not sent");
      equal(renamed, await collections.find({ id: one.id }), renamed, "the collection found");
      for (const { id } of [one, two]) {
        equal(id, await collections.delete({ id }), { id, object: "collection", deleted: true }, "the answer to a deletion");
      }
      await refused(() => collections.find({ id: one.id }), 404, "not_found");
    });

    test("sections are created, listed, changed and deleted", { skip: !sections && "2.10 and later have none" }, async () => {
      const helpCenter = client.helpCenter;
      const parent = await helpCenter.collections.create({ name: "Accounts" });
      const section = await helpCenter.sections.create({ name: "Passwords", parentId: parent.id });
      equal(section, [section.type, section.name, section.parent_id], ["section", "Passwords", parent.id], "the section created");
      const found = await helpCenter.sections.find({ id: section.id });
      equal(found, [found.type, found.parent_id], ["section", Number(parent.id)], "the section found");

      const inside = await create({ title: "Inside", parentId: Number(section.id), parentType: "section" });
      equal(inside, [inside.parent_id, inside.parent_type], [Number(section.id), "section"], "parent of an article in a section");
      const above = await client.articles.update({ id: inside.id, parentId: Number(parent.id), parentType: "collection" });
      equal(above, [above.parent_id, above.parent_type], [Number(parent.id), "collection"], "parent of an article in a collection");

      const collections = await pages(client, await helpCenter.collections.list({ page: 1, perPage: 20 }));
      equal(collections, collections.map((c) => c.id), [parent.id], "collections, among which no section is");
      const second = await helpCenter.sections.create({ name: "Two-step login", parentId: parent.id });
      const all = await pages(client, await helpCenter.sections.list({ page: 1, perPage: 1 }));
      equal(all, all.map((s) => s.id), [second.id, section.id], "sections");

      const renamed = await helpCenter.sections.update({ id: section.id, name: "Secrets", parentId: parent.id });
      equal(renamed, [renamed.name, renamed.parent_id], ["Secrets", parent.id], "the section renamed");
      equal(section, await helpCenter.sections.delete({ id: section.id }), { id: section.id, object: "section", deleted: true }, "the answer to a deletion");
      await refused(() => helpCenter.sections.find({ id: section.id }), 404, "not_found");
      await refused(() => helpCenter.sections.find({ id: parent.id }), 404, "not_found");
      await refused(() => helpCenter.sections.create({ name: "Nowhere" }), 400, "parameter_not_found");
    });

    test("sections are answered to who names no version", { skip: version && "a version is named" }, async () => {
      const { data, headers } = await client.axiosInstance.get("/help_center/sections");
      equal(data, [data.type, headers["intercom-version"]], ["list", "2.7"], "type and Intercom-Version");
    });

    test("sections are refused where there are none", { skip: (sections && "this version has them") || (!version && "no version is named") }, async () => {
      await refused(() => client.helpCenter.sections.list({ page: 1, perPage: 20 }), 400, "intercom_version_invalid");
    });

    test("admins are listed, found and away, and the activity log tells", async () => {
      const found = await client.admins.find({ id: me.id });
      equal(found, [found.type, found.name], ["admin", me.name], "the admin found");
      const away = await client.admins.away({ adminId: me.id, enableAwayMode: true, enableReassignMode: false });
      equal(away, away.away_mode_enabled, true, "away_mode_enabled");
      await client.admins.away({ adminId: me.id, enableAwayMode: false, enableReassignMode: false });
      const log = await client.admins.listAllActivityLogs({ after: new Date(Date.now() - 600_000) });
      check(log, log.activity_logs.some((entry) => entry.activity_type === "admin_away_mode_change"), "the log should tell of the change");
      await refused(() => client.admins.find({ id: "999999999" }), 404, "admin_not_found");
    });

    test("tags are created, renamed, listed and deleted, and teams are listed", async () => {
      const tag = await client.tags.create({ name: "Billing" });
      equal(tag, [tag.type, tag.name], ["tag", "Billing"], "the tag created");
      const renamed = await client.tags.update({ id: tag.id, name: "Invoices" });
      equal(renamed, [renamed.id, renamed.name], [tag.id, "Invoices"], "the tag renamed");
      const list = await client.tags.list();
      equal(list, list.data.map((t) => t.name), ["Invoices"], "names");
      await client.tags.delete({ id: tag.id });
      equal(list, (await client.tags.list()).data, [], "tags after the deletion");
      const teams = await client.teams.list();
      equal(teams, [teams.type, teams.teams], ["team.list", []], "teams");
    });

    test("an unknown token is refused", async () => {
      const stranger = new sdk.Client({ tokenAuth: { token: "not-a-token" } });
      stranger.useRequestOpts({ baseURL: server.baseUrl });
      await refused(() => stranger.articles.list({ page: 1, perPage: 10 }), 401, "unauthorized");
    });
  });
}
