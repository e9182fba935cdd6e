// A letter that went to somebody else: they confirm by a link, those concerned are written to, the
// controller signs, and it goes out on paper; of files it is told whether they may go by e-mail.

import assert from "node:assert/strict";

import { expectAt, hoursAgo, secret, send, signedIn } from "./people.mjs";
import { checkPage, demo, openPage } from "./support.mjs";

const { url } = demo();

/** A list of recipients with one whose postcode cannot be one. */
const LIST = [
  "Navn;Adresse;Postnummer;Poststed;Sperret",
  "Kari Eksempel;Storgata 1;9999;Fjellvik;nei",
  "Per Eksempel;Bakken 2;99999;Fjellvik;nei",
].join("\n");

/** The steps of the story, each a test of `walk`. */
export async function lettersGoOut(walk, browser) {
  let number;
  let letter;
  const address = () => `${url}/cases/${number}`;

  await walk.test("an employee reports a letter that went to somebody else", async () => {
    const page = await signedIn(browser, "employee");
    await page.goto(`${url}/report/other`);
    const unit = await page.locator('[name="unit"] option').nth(2).getAttribute("value");
    await send(page, {
      what_happened: "Brevet gikk til en annen.",
      unit,
      discovered_at: hoursAgo(2),
      occurred: "unknown",
      personal_data: "yes",
      openness: "named",
    });
    number = await page.locator(".avvik-receipt dd").first().innerText();
    await page.context().close();
  });

  await walk.test("whoever got it confirms by a link, on a phone and at a desk", async () => {
    const dpo = await signedIn(browser, "dpo");
    await dpo.goto(`${address()}/receive`);
    await send(dpo, {});
    await dpo.goto(`${address()}/ask-confirmation`);
    await checkPage(dpo, "letters-ask-confirmation");
    await send(dpo, {
      misdirected: "letter",
      content: "Et vedtak",
      name: "Nils Nabo",
      email: "nabo@example.net",
      due_at: hoursAgo(-30),
    });
    await expectAt(dpo, `/cases/${number}`);
    const link = `${url}/answer/${await secret("nabo@example.net")}`;
    for (const screen of ["desktop", "phone"]) {
      const page = await openPage(browser, { screen });
      await page.goto(link);
      await checkPage(page, `letters-confirm-${screen}`);
      assert.doesNotMatch(await page.locator("main").innerText(), /vedtak|Nils/);
      if (screen === "phone") {
        await send(page, {});
        await checkPage(page, "letters-confirm-returned");
        await send(page, { disposal: "deleted", opened: "yes", passed_on: "no" });
        await checkPage(page, "letters-confirmed");
      }
      await page.context().close();
    }
    await dpo.goto(address());
    await checkPage(dpo, "letters-case-confirmed");
    await dpo.context().close();
  });

  await walk.test("the officer attaches a file and asks whether it may go by e-mail", async () => {
    const dpo = await signedIn(browser, "dpo");
    for (const [name, text] of [["ark.txt", "Ring oss."], ["liste.txt", "Kari;109155 96784"]]) {
      await dpo.goto(`${address()}/attach`);
      await dpo.locator('input[type="file"]').setInputFiles(file(name, text));
      await send(dpo, { description: "Informasjonsark" });
    }
    for (const [at, said] of [[0, "Vi fant ingenting"], [1, "linje 1"]]) {
      await dpo.goto(address());
      await dpo.locator('a[href$="/by-email"]').nth(at).click();
      await checkPage(dpo, `letters-by-email-${at}`);
      assert.ok((await dpo.locator("main").innerText()).includes(said));
      await look("dpo", [new URL(dpo.url()).pathname]);
    }
    await dpo.context().close();
  });

  await walk.test("the officer writes the letter and takes in who gets it", async () => {
    const page = await signedIn(browser, "dpo");
    await page.goto(`${address()}/letters/new/letter/nb`);
    await checkPage(page, "letters-write");
    const areas = await page.locator("main textarea").all();
    for (const area of areas) await area.fill("Brevet til deg ble levert til en annen.");
    await send(page, { title: "Brevet ditt kom bort" });
    await checkPage(page, "letters-written");
    letter = new URL(page.url()).pathname;
    await page.goto(`${url}${letter}/import`);
    await checkPage(page, "letters-import");
    await page.locator('input[type="file"]').setInputFiles(file("liste.csv", LIST));
    await send(page, {});
    await checkPage(page, "letters-import-mapping");
    await send(page, {});
    await checkPage(page, "letters-import-wrong");
    assert.match(await page.locator("main").innerText(), /3/, "which row is wrong");
    await page.goto(`${url}${letter}/recipients`);
    for (const name of ["Kari Eksempel", "Per Eksempel"]) {
      await send(page, { name, lines: "Storgata 1", postcode: "9999", place: "Fjellvik" });
    }
    await checkPage(page, "letters-recipients");
    await page.context().close();
    await look("dpo", [letter, `${letter}/recipients`, `${letter}/import`, `${letter}/text/nb`]);
  });

  await walk.test("the controller signs, and it goes out on paper", async () => {
    const controller = await signedIn(browser, "controller");
    await controller.goto(url + letter);
    await checkPage(controller, "letters-to-sign");
    await press(controller, "/sign");
    await checkPage(controller, "letters-signed");
    await controller.context().close();
    const page = await signedIn(browser, "dpo");
    await page.goto(url + letter);
    await page.locator('form[action$="/start"] [value="print"]').check();
    await press(page, "/start");
    await checkPage(page, "letters-sending");
    await look("dpo", [letter]);
    await page.locator('form[action*="/bundles/"] button').first().click();
    await page.waitForLoadState();
    await checkPage(page, "letters-posted");
    await page.context().close();
    await look("dpo", [letter, `/cases/${number}/letters`, `/cases/${number}/archive`]);
  });

  await walk.test("the archivist finds the case's packages from its number", async () => {
    const page = await signedIn(browser, "archivist", { screen: "phone" });
    await page.goto(`${url}/erasure`);
    await send(page, { number });
    await checkPage(page, "letters-archivist-erase");
    await page.locator('main a[href$="/archive"]').click();
    await checkPage(page, "letters-archivist-archive");
    await page.context().close();
  });

  async function look(role, paths) {
    for (const screen of ["desktop", "phone"]) {
      const page = await signedIn(browser, role, { screen });
      for (const path of paths) {
        const answer = await page.goto(url + path);
        assert.equal(answer.status(), 200, `${path} for ${role}`);
        const name = path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "x").replaceAll("/", "-");
        await checkPage(page, `letters-${role}-${screen}${name}`);
      }
      await page.context().close();
    }
  }
}

/** A file of text, as it is chosen from a disk. */
function file(name, text) {
  return { name, mimeType: name.endsWith(".csv") ? "text/csv" : "text/plain", buffer: Buffer.from(text) };
}

/** Sends the form whose address ends so. */
async function press(page, action) {
  const button = page.locator(`form[action$="${action}"] button[type=submit]`);
  await Promise.all([page.waitForNavigation(), button.click()]);
}
