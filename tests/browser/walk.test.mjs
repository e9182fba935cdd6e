// The whole way of a lost phone: from a report on a phone without scripts to the closed case.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { unusualReading } from "./alerts.mjs";
import { processorBreach } from "./casework.mjs";
import { lettersGoOut } from "./letters.mjs";
import { expectAt, hoursAgo, send, signedIn } from "./people.mjs";
import { likeCases } from "./precedents.mjs";
import { annualReview } from "./review.mjs";
import { checkPage, demo, launch, openPage } from "./support.mjs";

/** The leader's name in config/demo.toml. */
const LEADER = "Leif Aasen";

/** Somebody there whom no other part of the walk needs. */
const INVOLVED = "Anders Berge";

/** The leader's unit there. */
const UNIT = "Solbakken sykehjem";

const { url } = demo();
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser.close());

test("a lost phone is reported on a phone, handled, and the case is closed", async (walk) => {
  const reported = {};

  await walk.test("an employee reports it on a phone, with scripts off", async () => {
    const page = await openPage(browser, { screen: "phone", javaScript: false });
    await page.goto(`${url}/`);
    await checkPage(page, "walk-start");
    await page.goto(`${url}/report`);
    await checkPage(page, "walk-choose");
    await page.goto(`${url}/report/lost-or-stolen-device`);
    await checkPage(page, "walk-report");

    await send(page, { what_happened: "Vakttelefonen ble glemt på bussen.", openness: "anonymous" });
    assert.match(await page.locator("main").innerText(), /Vakttelefonen ble glemt på bussen|velg/i);
    await checkPage(page, "walk-report-problems");
    assert.equal(
      await page.locator('[name="what_happened"]').inputValue(),
      "Vakttelefonen ble glemt på bussen.",
    );

    const unit = await page.locator('[name="unit"] option', { hasText: UNIT }).getAttribute("value");
    await send(page, {
      unit,
      discovered_at: hoursAgo(3),
      occurred: "unknown",
      "answer-device-kind": "phone",
      personal_data: "yes",
      openness: "anonymous",
    });
    await checkPage(page, "walk-receipt");
    reported.number = await page.locator(".avvik-receipt dd").first().innerText();
    reported.code = await page.locator(".avvik-code").innerText();
    assert.match(reported.number, /^\d{4}\/\d+$/);
    await page.context().close();
  });

  const address = () => `${url}/cases/${reported.number}`;

  await walk.test("the data protection officer takes it in and asks", async () => {
    const page = await signedIn(browser, "dpo");
    await page.goto(`${url}/`);
    await checkPage(page, "walk-dpo-start");
    await page.goto(`${url}/inbox`);
    await checkPage(page, "walk-inbox");
    await page.getByRole("link", { name: reported.number }).click();
    await expectAt(page, `/cases/${reported.number}`);
    await checkPage(page, "walk-case-new");
    await step(page, "receive", { actions: [] });
    await step(page, "ask", { question: "Var telefonen låst med kode?" });
    await page.goto(`${address()}/involved`);
    const involved = page.locator('[name="person"] option', { hasText: INVOLVED });
    await step(page, "involved", { person: await involved.getAttribute("value") });
    await page.context().close();
  });

  await walk.test("the reporter comes back with the code and answers", async () => {
    const page = await openPage(browser, { screen: "phone", javaScript: false });
    await page.goto(`${url}/follow-up`);
    await checkPage(page, "walk-follow-up-code");
    await send(page, { code: reported.code });
    await checkPage(page, "walk-follow-up");
    const answer = page.locator('form[action="/follow-up/answer"]');
    await answer.locator("textarea").fill("Nei, den hadde ingen kode.");
    await Promise.all([page.waitForNavigation(), answer.locator("button").click()]);
    await checkPage(page, "walk-follow-up-answered");
    assert.match(await page.locator("main").innerText(), /Nei, den hadde ingen kode/);
    await page.context().close();
  });

  await walk.test("the officer assesses, decides, notifies and proposes a measure", async () => {
    const page = await signedIn(browser, "dpo");
    await step(page, "awareness", { aware_at: hoursAgo(2), reason: "Bekreftet av rutebilselskapet." });
    await step(page, "assess", { facts: "Telefon uten kode, med e-post.", outcome: "notify_authority" });
    await step(page, "facts", { protection: "none", people: "up_to_ten" });
    await step(page, "severity", { factor: "identification", value: "2", reason: "Bare fornavn." });
    await page.goto(`${address()}/assess`);
    await checkPage(page, "walk-assess-advised");
    await step(page, "authority", { decision: "notify", grounds: "Risiko kan ikke utelukkes." });
    for (const view of ["datatilsynet", "imy"]) {
      await page.goto(`${address()}/notification?view=${view}`);
      await checkPage(page, `walk-notification-${view}`);
    }
    await page.goto(`${address()}/notification/own/datatilsynet/description`);
    await checkPage(page, "walk-notification-own");
    await send(page, { f62: "En vakttelefon ble glemt på bussen." });
    await expectAt(page, `/cases/${reported.number}/notification`);
    await step(page, "notification/record", { sent_at: hoursAgo(0.1), reference: "AR123456789" });
    await step(page, "people", { decision: "no_high_risk", grounds: "Fjernslettet samme dag." });
    const phone = await signedIn(browser, "dpo", { screen: "phone" });
    for (const tail of ["?view=datatilsynet&all=yes", "?view=imy&all=yes", "", "/sent/1"]) {
      await phone.goto(`${address()}/notification${tail}`);
      await checkPage(phone, `walk-notification-phone${tail.replaceAll(/[^a-z0-9]/g, "-")}`);
    }
    await phone.context().close();
    await page.goto(`${address()}/propose-measure`);
    const owner = await page
      .locator('[name="owner"] option', { hasText: LEADER })
      .getAttribute("value");
    await step(page, "propose-measure", {
      kind: "immediate",
      description: "Slett telefonen over nettet.",
      owner,
      due_at: hoursAgo(-4),
    });
    await page.context().close();
    const corrections = ["withdraw-measure", "withdraw-fulfilment", "withdraw-involved"];
    await look("dpo", corrections.map((name) => `/cases/${reported.number}/${name}`));
  });

  await walk.test("the leader completes the measure on a phone", async () => {
    const page = await signedIn(browser, "leader", { screen: "phone" });
    await page.goto(`${url}/measures`);
    await checkPage(page, "walk-measures");
    await page.locator(`a[href^="/cases/${reported.number}/measures/"]`).first().click();
    await checkPage(page, "walk-measure");
    await send(page, { account: "Telefonen er slettet over nettet." });
    await checkPage(page, "walk-measure-completed");
    await page.context().close();
  });

  await walk.test("the officer verifies it and sends the memo", async () => {
    const page = await signedIn(browser, "dpo");
    await page.goto(address());
    await checkPage(page, "walk-case-worked");
    await page.locator('a[href$="/verify"]').first().click();
    await checkPage(page, "walk-verify");
    await send(page, { effect: "as_intended", finding: "Telefonen svarer ikke lenger." });
    await expectAt(page, `/cases/${reported.number}`);
    await step(page, "write-memo", { description: "Oppdaget samme morgen.", conclusion: "" });
    await step(page, "exempt", {
      part: "description",
      passage: "samme morgen",
      ground: "offl. § 13 jf. fvl. § 13 første ledd nr. 1",
      reason: "Det peker på en person.",
    });
    await page.goto(`${address()}/documents`);
    await checkPage(page, "walk-documents");
    assert.match(await page.locator("main").innerText(), /Konklusjon/);
    await step(page, "memo", {
      orientation: "En vakttelefon ble glemt på bussen.",
      description: "Oppdaget samme morgen.",
      rules: "Sikkerhetsinstruksen, punkt om mobile enheter.",
      discussion: "Telefonen hadde ingen kode.",
      assessment: "Fjernsletting lukket avviket.",
      conclusion: "Alle telefoner får kode.",
    });
    await page.context().close();
  });

  await walk.test("the controller sees what waits and closes the case", async () => {
    const page = await signedIn(browser, "controller");
    await page.goto(`${url}/decisions`);
    await checkPage(page, "walk-decisions");
    await page.getByRole("link", { name: reported.number }).first().click();
    await checkPage(page, "walk-case-controller");
    await step(page, "close", { grounds: "Resten meldes sammen med årsrapporten." });
    assert.match(await page.locator("main").innerText(), /Lukket/);
    await page.context().close();
  });

  await walk.test("the officer looks at what was known, and compares", async () => {
    for (const screen of ["desktop", "phone"]) {
      const page = await signedIn(browser, "dpo", { screen });
      await page.goto(address());
      await page.getByRole("link", { name: "Vis saken slik den var da" }).nth(4).click();
      await checkPage(page, `walk-as-of-${screen}`);
      await page.getByRole("link", { name: "Sammenlign med slik saken er nå" }).click();
      await checkPage(page, `walk-compare-${screen}`);
      await page.context().close();
    }
  });

  await walk.test("everybody's own pages", async () => {
    await look("dpo", ["/register", "/clocks", "/post", "/measures", "/reports", "/receipt"]);
    await look("dpo", ["/who-looked", "/who-looked/print", "/openings", "/alerts", "/alerts?reviewed=yes", "/shortcuts"]);
    await look("dpo", ["/statistics", "/dashboard"]);
    const read = `/cases/${reported.number}/who-read`;
    await look("dpo", [read, `${read}/report?for=other&as=names`]);
    const papers = ["", "/memo", "/public-memo", "/notice-1", "/next-notice", "/case-file"];
    await look("dpo", papers.map((paper) => `/cases/${reported.number}/documents${paper}`));
    const others = ["letters", "archive"].map((page) => `/cases/${reported.number}/${page}`);
    await look("dpo", others);
    await look("leader", ["/inbox", "/clocks", "/open-case", `/cases/${reported.number}`]);
    await look("leader", ["/statistics", "/dashboard"]);
    await look("security_officer", ["/inbox", "/register"]);
    await look("auditor", ["/access-log", "/alerts"]);
    await look("administrator", ["/administration", "/post"]);
    await look("employee", ["/", "/report", "/reports", "/measures"]);
  });

  await walk.test("the officer keeps a filter", async () => {
    const page = await signedIn(browser, "dpo");
    await page.goto(`${url}/inbox?phase=any`);
    await page.getByText("Lagre filteret").first().click();
    await checkPage(page, "walk-inbox-narrowed");
    const form = page.locator('form[action="/inbox/filters"]');
    await form.locator('[name="name"]').fill("Alle saker noensinne");
    await Promise.all([page.waitForNavigation(), form.locator("button").click()]);
    await checkPage(page, "walk-inbox-with-filter");
    await page.context().close();
    await look("dpo", ["/inbox", "/inbox/filters"]);
  });

  await walk.test("a case is opened outside the role, and that is looked into", async () => {
    const page = await signedIn(browser, "archivist");
    await page.goto(`${url}/open-case`);
    await send(page, { number: reported.number, purpose: "Overtar saken til arkivet" });
    await expectAt(page, `/cases/${reported.number}`);
    await page.context().close();
    await look("dpo", ["/openings", "/who-looked"]);
    const dpo = await signedIn(browser, "dpo");
    await step(dpo, "review-opening", { finding: "Det stemmer." });
    await dpo.context().close();
    await look("dpo", ["/openings"]);
  });

  await walk.test("an auditor is granted a look, and it is taken back", async () => {
    const controller = await signedIn(browser, "controller");
    await controller.goto(`${address()}/grant-audit`);
    const offered = controller.locator('[name="auditor"] option').last();
    const auditor = await offered.getAttribute("value");
    await step(controller, "grant-audit", { auditor, purpose: "Årets revisjon av avvik" });
    await look("controller", ["/audits", `/cases/${reported.number}`]);
    await look("auditor", ["/audits", `/cases/${reported.number}`]);
    await step(controller, "revoke-audit", { reason: "Revisjonen er ferdig" });
    await controller.context().close();
    await look("auditor", ["/audits"]);
    await look("dpo", ["/audits"]);
  });

  await walk.test("reading that is unusual is looked into", () => unusualReading(browser, reported.number));

  await walk.test("the officer erases who was named as involved", async () => {
    const page = await signedIn(browser, "dpo", { screen: "phone" });
    await page.goto(address());
    await page.getByRole("link", { name: "Slett hvem som er ført opp som involvert" }).click();
    await checkPage(page, "walk-erase-involved");
    const involved = page.locator('[name="whose"]').last();
    const handed = `${address()}/erase?involved=${await involved.getAttribute("value")}`;
    await send(page, {
      whose: await involved.getAttribute("value"),
      ground: "retention_reached",
      basis: "Bevarings- og kassasjonsplanen punkt 4",
    });
    await checkPage(page, "walk-erase-involved-problems");
    const controller = await signedIn(browser, "controller");
    await controller.goto(handed);
    await checkPage(controller, "walk-erase-involved-ordered");
    await controller.context().close();
    await send(page, { sure: "understood" });
    assert.match(await page.locator("main").innerText(), /Sletteattest: Ført opp som involvert/);
    await checkPage(page, "walk-erased-involved");
    await page.context().close();
  });

  await walk.test("the archivist erases it and keeps the certificate", async () => {
    const page = await signedIn(browser, "archivist");
    await page.goto(`${url}/erasure`);
    await checkPage(page, "walk-erasure");
    await send(page, { number: reported.number });
    await expectAt(page, `/cases/${reported.number}/erase`);
    await checkPage(page, "walk-erase");
    await send(page, {
      whose: "everybody",
      ground: "retention_reached",
      basis: "Bevarings- og kassasjonsplanen punkt 4",
      sure: "understood",
    });
    await expectAt(page, `/cases/${reported.number}/erase`);
    assert.match(await page.locator("main").innerText(), /Sletteattest/);
    await page.context().close();
    await look("archivist", [`/cases/${reported.number}/erase`]);
    await look("dpo", [`/cases/${reported.number}`]);
  });

  /** Opens a step's form, fills it in, and is back at the case. */
  async function step(page, name, values) {
    await page.goto(`${address()}/${name}`);
    await checkPage(page, `walk-step-${name.replaceAll("/", "-")}`);
    await send(page, values);
    await expectAt(page, `/cases/${reported.number}`);
    await checkPage(page, `walk-case-after-${name}`);
  }
});

test("a breach at a processor is worked by several people", (walk) => processorBreach(walk, browser));

test("a letter is confirmed, written, signed and sent", (walk) => lettersGoOut(walk, browser));

test("like cases are held against each other", (walk) => likeCases(walk, browser));

test("the annual review is begun and read", (walk) => annualReview(walk, browser));

/** Looks at pages at the desk and on the phone. */
async function look(role, paths) {
  for (const screen of ["desktop", "phone"]) {
    const page = await signedIn(browser, role, { screen });
    for (const path of paths) {
      const answer = await page.goto(url + path);
      assert.equal(answer.status(), 200, `${path} for ${role}`);
      await checkPage(page, `look-${role}-${screen}${path.replaceAll("/", "-")}`);
    }
    await page.context().close();
  }
}
