// A breach at a processor, worked by several people: the officer asks, a system owner and the
// processor's contact answer, the security officer is heard, a duplicate is merged, and it is closed.

import assert from "node:assert/strict";

import { expectAt, hoursAgo, secret, send, signedIn } from "./people.mjs";
import { checkPage, demo, openPage } from "./support.mjs";

const { url } = demo();

/** The steps of the story, each a test of `walk`. */
export async function processorBreach(walk, browser) {
  const numbers = [];

  await walk.test("an employee reports the same breach twice", async () => {
    const page = await signedIn(browser, "employee");
    const report = async (happened, key) => {
      await page.goto(`${url}/report/processor-breach`);
      const unit = await page.locator('[name="unit"] option').nth(2).getAttribute("value");
      const used = await sendUnder(page, key, {
        what_happened: happened,
        unit,
        discovered_at: hoursAgo(3),
        occurred: "unknown",
        "answer-supplier": "Drift AS",
        personal_data: "yes",
        openness: "named",
      });
      return [await page.locator(".avvik-receipt dd").first().innerText(), used];
    };
    const [first, key] = await report("Leverandøren meldte om innbrudd.");
    const [second] = await report("Leverandøren ringte om innbruddet.");
    numbers.push(first, second);
    // As a phone does that lost the answer, after another line was written.
    const [again] = await report("Leverandøren meldte om innbrudd. To servere.", key);
    await checkPage(page, "casework-report-changed");
    assert.equal(again, first);
    assert.match(await page.locator("main textarea").inputValue(), /To servere/);
    await page.context().close();
  });

  const address = (number = numbers[0]) => `${url}/cases/${number}`;

  await walk.test("the officer takes it in with the checklist and asks", async () => {
    const page = await signedIn(browser, "dpo");
    await step(page, "receive", {});
    const deputy = await option(page, "assign", "deputy", "Sindre Vik");
    await step(page, "assign", { deputy });
    await page.goto(`${address()}/attach`);
    const log = { name: "logg.txt", mimeType: "text/plain", buffer: Buffer.from("Oppslag") };
    await page.locator('input[type="file"]').setInputFiles(log);
    await send(page, { description: "Leverandørens logg" });
    await expectAt(page, `/cases/${numbers[0]}`);
    const person = await option(page, "inquire", "person", "Synne Moen");
    const attachments = await page.locator('[name="attachments"]').first().getAttribute("value");
    const due_at = hoursAgo(-30);
    const question = "Hvilke systemer driftes der?";
    await step(page, "inquire", { person, question, attachments, due_at });
    const outside = { name: "Drift AS", email: "vakt@example.net" };
    const when = "Når oppdaget dere det?";
    await step(page, "inquire", { ...outside, question: when, attachments, due_at });
    await page.goto(`${address()}/note`);
    const key = await sendUnder(page, undefined, { note: "Ring leverandøren i morgen." });
    await page.goto(`${address()}/note`);
    await sendUnder(page, key, { note: "Ring leverandøren i morgen tidlig." });
    await checkPage(page, "casework-note-again");
    assert.match(await page.locator("main").innerText(), /er ikke lagret/);
    await step(page, "refer", {
      kind: "personnel_matter",
      referred_to: "Personalsjefen",
      subject: "En delt konto",
    });
    await step(page, "correspondence", { direction: "incoming", summary: "De ber om mer." });
    await page.context().close();
  });

  await walk.test("the system owner answers on a phone and is heard", async () => {
    const page = await signedIn(browser, "system_owner", { screen: "phone" });
    await page.goto(`${url}/inquiries`);
    await checkPage(page, "casework-inquiries");
    await page.locator("main .avvik-list a").first().click();
    await checkPage(page, "casework-inquiry");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.locator("main dd a", { hasText: "logg.txt" }).click(),
    ]);
    assert.equal(file.suggestedFilename(), "logg.txt");
    const forms = page.locator("main form");
    await forms.first().locator("textarea").fill("Lønn og journal.");
    await Promise.all([page.waitForNavigation(), forms.first().locator("button").click()]);
    await checkPage(page, "casework-inquiry-answered");
    await send(page, { statement: "Ingen spor etter innbrudd hos oss." });
    await checkPage(page, "casework-inquiry-heard");
    await page.context().close();
  });

  await walk.test("the processor's contact answers by the link, once", async () => {
    const page = await openPage(browser, { screen: "phone", javaScript: false });
    const link = `${url}/answer/${await secret("vakt@example.net")}`;
    await page.goto(link);
    await checkPage(page, "casework-secret-link");
    const late = await openPage(browser, { screen: "phone", javaScript: false });
    await late.goto(link);
    await send(page, { answer: "Fredag klokka 22." });
    await checkPage(page, "casework-secret-link-answered");
    await page.goto(link);
    await checkPage(page, "casework-secret-link-used");
    assert.match(await page.locator("main").innerText(), /Lenken virker ikke/);
    await page.context().close();
    await send(late, { answer: "Fredag kveld en gang." });
    await checkPage(late, "casework-secret-link-late");
    assert.equal(await late.locator("main textarea").inputValue(), "Fredag kveld en gang.");
    await late.context().close();
  });

  await walk.test("the security officer contributes and sees no details of the referral", async () => {
    const page = await signedIn(browser, "security_officer");
    await step(page, "contribute", { statement: "Liten risiko." });
    await page.goto(address());
    assert.doesNotMatch(await page.locator("main").innerText(), /En delt konto/);
    await page.context().close();
  });

  await walk.test("the officer finds the duplicate and merges it", async () => {
    const page = await signedIn(browser, "dpo");
    await page.goto(`${address(numbers[1])}/similar`);
    await checkPage(page, "casework-similar");
    assert.match(await page.locator("main").innerText(), /Samme kategori/);
    await page.goto(`${address(numbers[1])}/merge`);
    await checkPage(page, "casework-merge");
    await send(page, { other: numbers[0], reason: "Samme innbrudd." });
    await expectAt(page, `/cases/${numbers[1]}`);
    await checkPage(page, "casework-merged");
    await page.goto(`${url}/absence`);
    await checkPage(page, "casework-absence");
    await page.context().close();
    for (const screen of ["desktop", "phone"]) {
      const page = await signedIn(browser, "dpo", { screen });
      await page.goto(address());
      await checkPage(page, `casework-case-${screen}`);
      await page.locator(".avvik-steps summary").first().click();
      await checkPage(page, `casework-case-open-${screen}`);
      for (const path of await pagesOf(page, numbers[0])) {
        const answer = await page.goto(url + path);
        assert.equal(answer.status(), 200, path);
        await checkPage(page, `casework-${screen}${path.replaceAll("/", "-")}`);
      }
      await page.context().close();
    }
  });

  await walk.test("the officer decides, and has the checklist done and seen to", async () => {
    const page = await signedIn(browser, "dpo");
    await step(page, "assess", { facts: "Innbrudd i driften.", outcome: "notify_authority" });
    await step(page, "authority", { decision: "notify", grounds: "Risiko kan ikke utelukkes." });
    await step(page, "notification/record", { sent_at: hoursAgo(0.1), reference: "AR987654321" });
    await step(page, "people", { decision: "no_high_risk", grounds: "Ingenting er tatt ut." });
    await onEach(page, /\/measures\/[0-9a-f-]+$/, { account: "Gjort samme dag." });
    await onEach(page, /\/verify$/, { effect: "as_intended", finding: "Sett at det er gjort." });
    await step(page, "memo", {
      orientation: "Innbrudd hos leverandøren.",
      description: "De meldte fra samme dag.",
      rules: "Databehandleravtalen.",
      discussion: "Avtalen ble fulgt.",
      assessment: "Innbruddet er stanset.",
      conclusion: "Avtalen følges opp hvert år.",
    });
    await page.context().close();
  });

  await walk.test("the controller closes it", async () => {
    const page = await signedIn(browser, "controller");
    await step(page, "close", { grounds: "Leverandøren svarer ikke mer." });
    await checkPage(page, "casework-closed");
    assert.match(await page.locator("main").innerText(), /Lukket/);
    await page.context().close();
  });

  /** Fills in the form of each page that the case's page leads to and whose address is such. */
  async function onEach(page, wanted, fields) {
    await page.goto(address());
    const paths = (await pagesOf(page, numbers[0])).filter((path) => wanted.test(path));
    assert.ok(0 < paths.length, String(wanted));
    for (const path of paths) {
      await page.goto(url + path);
      await send(page, fields);
      await expectAt(page, `/cases/${numbers[0]}`);
    }
  }

  /** Every page of the case that its own page leads to: each step's form, and what there is. */
  async function pagesOf(page, number) {
    const below = `/cases/${number}/`;
    const paths = await page.locator(`main a[href^="${below}"]`).evaluateAll((links) =>
      links.map((link) => link.getAttribute("href").split("#")[0]),
    );
    // A file is saved, and no page.
    const isPage = (path) => !path.includes("?") && !/\/attachments\/[^/]+$/.test(path);
    const unique = [...new Set(paths)].filter(isPage);
    assert.ok(5 < unique.length, unique.join(" "));
    return unique;
  }

  /** The value of the choice that says `label`, in a select of a step's form. */
  async function option(page, name, field, label) {
    await page.goto(`${address()}/${name}`);
    return page.locator(`[name="${field}"] option`, { hasText: label }).getAttribute("value");
  }

  /** Sends the form on the page, under a key if one is given; answers with the key it had. */
  async function sendUnder(page, key, values) {
    const field = page.locator("main form").last().locator('[name="key"]');
    if (key) await field.evaluate((element, value) => (element.value = value), key);
    const sent = await field.inputValue();
    await send(page, values);
    return sent;
  }

  /** Opens a step's form, fills it in, and is back at the case. */
  async function step(page, name, values) {
    await page.goto(`${address()}/${name}`);
    await checkPage(page, `casework-step-${name.replaceAll("/", "-")}`);
    await send(page, values);
    await expectAt(page, `/cases/${numbers[0]}`);
  }
}
