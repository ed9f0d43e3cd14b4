// Opens the site that `scs-doc index --format html` made in a real Chromium, from file://.
// The environment names: SITE, the folder of the site; HOSTILE, that of a site of hostile documents;
// MODULES, where npm put its packages; CHROMIUM, the browser; SHOTS, a folder for pictures, if wanted.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";

const require = createRequire(join(process.env.MODULES, "x.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const { SITE, HOSTILE, SHOTS, CHROMIUM } = process.env;
const files = readdirSync(SITE).filter((name) => name.endsWith(".html"));
const page = (name, site = SITE) => pathToFileURL(join(site, name)).href;
const size = (name) => readFileSync(join(SITE, name)).length;
const largest = (names) => names.reduce((one, other) => (size(one) >= size(other) ? one : other));
const series = largest(files.filter((name) => /^scs-\d{4}\.html$/.test(name)));
const document = largest(files.filter((name) => /^scs-\d{4}-v/.test(name)));
const withBanner = files.find((name) => /class="banner deprecated"/.test(readFileSync(join(SITE, name), "utf8")));
const kinds = ["index.html", series, document, withBanner, "timeline.html", "graph.html"].filter(Boolean);

let profile;
let context;
const complaints = [];

/** A browser without a past; what it says or asks for is noted. */
const browser = async (options = {}) => {
  const folder = mkdtempSync(join(tmpdir(), "site-"));
  const opened = await chromium.launchPersistentContext(folder, {
    executablePath: CHROMIUM,
    args: [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ],
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  opened.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  opened.on("weberror", (error) => complaints.push(`error: ${error.error()}`));
  opened.on("dialog", async (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  opened.on("request", (request) => {
    if (!request.url().startsWith("file://")) complaints.push(`request: ${request.url()}`);
  });
  return { context: opened, folder };
};

const close = async (opened) => {
  await opened.context.close();
  rmSync(opened.folder, { recursive: true, force: true });
};

before(async () => {
  profile = await browser();
  context = profile.context;
});

after(async () => close(profile));

/** Opens a page, and sees to it that the browser has nothing to complain of. */
const on = async (url, look, opened = context) => {
  complaints.length = 0;
  const tab = await opened.newPage();
  try {
    await tab.goto(url);
    await look(tab);
    assert.deepEqual(complaints, [], url);
  } finally {
    await tab.close();
  }
};

const shown = (tab) => tab.locator("table.overview tbody tr:visible").count();
const hits = (tab, text) => tab.waitForFunction((text) => globalThis.document.getElementById("hits").textContent === text, text);

test("every page opens, loads nothing from elsewhere, and has its style", async () => {
  complaints.length = 0;
  const tab = await context.newPage();
  for (const name of files) {
    await tab.goto(page(name));
    const font = await tab.evaluate(() => getComputedStyle(globalThis.document.body).marginTop);
    assert.equal(font, "0px", name);
  }
  await tab.close();
  assert.deepEqual(complaints, []);
});

test("the filter works as one types, and says how many entries fit", async () => {
  await on(page("index.html"), async (tab) => {
    const all = await shown(tab);
    assert.ok(all > 0);
    await hits(tab, all === 1 ? "1 entry" : `${all} entries`);
    const first = await tab.locator("table.overview tbody th").first().innerText();
    await tab.locator("#q").pressSequentially(first);
    await hits(tab, `${await shown(tab)} of ${all} entries`);
    assert.ok((await shown(tab)) < all);
    await tab.locator("#q").fill("no document says this");
    await hits(tab, "No entry fits");
    assert.equal(await tab.locator("section.track:visible").count(), 0);
    await tab.getByRole("button", { name: "Clear" }).click();
    await hits(tab, `${all} entries`);
    assert.equal(await shown(tab), all);
    for (const [name, value] of [["track", "IaaS"], ["type", "Standard"], ["state", "effective"]]) {
      await tab.getByRole("button", { name: "Clear" }).click();
      await hits(tab, `${all} entries`);
      await tab.locator(`#${name}`).selectOption(value);
      const attributes = await tab.locator("table.overview tbody tr:visible").evaluateAll(
        (rows, name) => rows.map((row) => row.dataset[name]), name);
      assert.ok(attributes.length > 0, name);
      for (const found of attributes) assert.ok(found.includes(value), `${name}: ${found}`);
    }
  });
});

test("the address keeps the filter", async () => {
  await on(page("index.html"), async (tab) => {
    const all = await shown(tab);
    await tab.locator("#q").fill("scs-0");
    await tab.locator("#state").selectOption("effective");
    const [count, address] = [await shown(tab), tab.url()];
    assert.match(address, /#q=scs-0&state=effective$/);
    await tab.goto("about:blank");
    await tab.goto(address);
    assert.equal(await tab.locator("#q").inputValue(), "scs-0");
    assert.equal(await shown(tab), count);
    await tab.evaluate(() => { location.hash = "state=rejected"; });
    await tab.waitForFunction(() => globalThis.document.getElementById("q").value === "");
    await tab.evaluate(() => { location.hash = "track=Nowhere"; });
    await tab.waitForFunction(() => globalThis.document.getElementById("state").value === "");
    assert.equal(await shown(tab), all);
  });
});

test("the keyboard suffices", async () => {
  await on(page("index.html"), async (tab) => {
    await tab.keyboard.press("Tab");
    assert.equal(await tab.evaluate(() => globalThis.document.activeElement.textContent), "Skip to the content");
    await tab.keyboard.press("Enter");
    await tab.keyboard.press("Tab");
    const focused = () => tab.evaluate(() => globalThis.document.activeElement.id);
    assert.equal(await focused(), "q");
    await tab.keyboard.type("scs-0");
    for (const id of ["track", "type", "state"]) {
      await tab.keyboard.press("Tab");
      assert.equal(await focused(), id);
    }
    await tab.keyboard.type("eff");
    assert.equal(await tab.locator("#state").inputValue(), "effective");
    const outline = await tab.evaluate(() => getComputedStyle(globalThis.document.activeElement).outlineStyle);
    assert.equal(outline, "solid");
    await tab.keyboard.press("Tab");
    await tab.keyboard.press("Tab");
    await tab.keyboard.press("Enter");
    await tab.waitForURL(/scs-\d{4}\.html$/);
    await tab.locator("summary").first().focus().catch(() => {});
  });
});

test("without JavaScript the tables are all there, and there is no form", async () => {
  const plain = await browser({ javaScriptEnabled: false });
  try {
    await on(page("index.html"), async (tab) => {
      assert.ok((await tab.locator("table.overview tbody tr").first().isVisible()));
      assert.equal(await tab.locator("#filter").isVisible(), false);
      await tab.locator("table.overview tbody th a").first().click();
      assert.match(tab.url(), /scs-.*\.html$/);
    }, plain.context);
  } finally {
    await close(plain);
  }
});

test("hostile documents run nothing", async () => {
  const names = readdirSync(HOSTILE).filter((name) => name.endsWith(".html"));
  for (const name of names) {
    await on(page(name, HOSTILE), async (tab) => {
      const alive = await tab.evaluate(() => ({
        scripts: [...globalThis.document.scripts].map((it) => it.getAttribute("src")),
        bad: globalThis.document.querySelectorAll("article :is(script, style, iframe, form, svg, img, object, embed, base, meta, link)").length,
        handlers: [...globalThis.document.querySelectorAll("*")].flatMap((it) =>
          it.getAttributeNames().filter((name) => name.startsWith("on") || name === "style")),
        links: [...globalThis.document.querySelectorAll("a[href]")].map((it) => new URL(it.getAttribute("href"), globalThis.document.baseURI).protocol).filter((it) => !["file:", "https:", "http:", "mailto:"].includes(it)),
      }));
      const scripts = name === "index.html" ? ["site.js"] : [];
      assert.deepEqual(alive, { scripts, bad: 0, handlers: [], links: [] }, name);
    });
  }
});

for (const scheme of ["light", "dark"]) {
  test(`nothing for axe to complain of (${scheme})`, async () => {
    for (const name of kinds) {
      await on(page(name), async (tab) => {
        await tab.emulateMedia({ colorScheme: scheme });
        await tab.locator("details").evaluateAll((all) => all.forEach((it) => { it.open = true; }));
        await tab.evaluate(axe);
        const { violations } = await tab.evaluate(() => globalThis.axe.run({ preload: false }));
        const found = violations.map((it) => `${it.id}: ${it.nodes.slice(0, 3).map((node) => node.html).join(" ")}`);
        assert.deepEqual(found, [], name);
      });
    }
  });
}

test("no page is wider than a telephone", async () => {
  for (const name of kinds) {
    await on(page(name), async (tab) => {
      await tab.setViewportSize({ width: 375, height: 800 });
      const width = await tab.evaluate(() => globalThis.document.documentElement.scrollWidth);
      assert.ok(width <= 375, `${name}: ${width}`);
    });
  }
});

test("pictures, if somebody wants to look", { skip: !SHOTS }, async () => {
  for (const name of kinds) {
    await on(page(name), async (tab) => {
      const shot = (kind, options) => tab.screenshot({ path: join(SHOTS, `${name.replace(".html", "")}.${kind}.png`), ...options });
      await shot("desktop");
      await tab.emulateMedia({ colorScheme: "dark" });
      await shot("dark");
      await tab.emulateMedia({ colorScheme: "light", media: "print" });
      await shot("print");
      await tab.emulateMedia({ media: "screen" });
      await tab.setViewportSize({ width: 375, height: 800 });
      await shot("mobile");
    });
  }
});
