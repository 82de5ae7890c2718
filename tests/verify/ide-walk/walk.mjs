// A person opens the IDE, signs in at the sandbox's citizen app, sends what lies ready, listens, and signs out.
import assert from "node:assert/strict";
import puppeteer from "puppeteer-core";

const [, , gateway, person, executablePath, language] = process.argv;
const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox", `--lang=${language}`] });
const page = await browser.newPage();
await page.setExtraHTTPHeaders({ "Accept-Language": language });

const foreign = [];
const faults = [];
const asked = [];
page.on("request", (request) => {
  if (!/^(http:\/\/127\.0\.0\.1:|data:|blob:)/.test(request.url())) foreign.push(request.url());
  if (request.method() === "POST" && request.url() === `${gateway}/graphql`) asked.push(request);
});
page.on("response", (response) => {
  if (response.status() >= 400 && response.url().startsWith(gateway)) faults.push(`${response.status()} ${response.url()}`);
});
page.on("pageerror", (error) => faults.push(error.message));

const wire = [];
const devtools = await page.createCDPSession();
await devtools.send("Network.enable");
for (const way of ["Sent", "Received"]) {
  devtools.on(`Network.webSocketFrame${way}`, ({ response }) => wire.push({ way, ...JSON.parse(response.payloadData) }));
}

const words = () => page.$eval("#sign-in", (button) => button.textContent);
const moved = (act) => Promise.all([page.waitForNavigation({ waitUntil: "networkidle2" }), act()]);
const until = (claim) => page.waitForFunction(claim, { timeout: 20_000 });
const told = {};

async function signedIn() {
  await moved(() => page.click("#sign-in"));
  const links = await page.$$eval("a", (all) => all.map((one) => one.href));
  await page.goto(links.find((link) => new URL(link).pathname === "/login/zheliban"), { waitUntil: "networkidle2" });
  await page.evaluate((chosen) => {
    const field = [...document.querySelectorAll("[name=person]")].find((one) => one.type !== "radio" || one.value === chosen);
    if (field.type === "radio") field.checked = true;
    else field.value = chosen;
  }, person);
  await moved(() => page.click("form[method=post] button"));
  if (new URL(page.url()).pathname === "/consent") await moved(() => page.click("button[value=yes]"));
}

const shown = () =>
  [...document.querySelectorAll(".cm-content")].map((one) => /"studios"[^]*?"name": "(.*?)"/.exec(one.innerText)?.[1]).find(Boolean);

async function sent() {
  asked.length = 0;
  await page.keyboard.down("Control");
  await page.keyboard.press("Enter");
  await page.keyboard.up("Control");
  const studio = await (await until(shown)).jsonValue();
  const { authorization } = asked.find((request) => request.postData()?.includes("StudioPage")).headers();
  return { studio, authorization: authorization?.split(" ")[0] ?? "" };
}

// What became of a write of their own is told at once, and to nobody else.
async function listened() {
  const write = await page.evaluate(async () => {
    const asked = (query) => fetch("/graphql", {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query }),
    }).then((answer) => answer.json());
    const { data } = await asked("{ studios(first: 1) { nodes { id } } }");
    const done = await asked(`mutation { followStudio(input: { studioId: "${data.studios.nodes[0].id}" }) { writeId } }`);
    return done.data.followStudio.writeId;
  });
  await page.click("app-query-editor .cm-content");
  await page.keyboard.down("Control");
  await page.keyboard.press("a");
  await page.keyboard.up("Control");
  await page.keyboard.sendCharacter(`subscription Heard { writeStatus(id: "${write}") { effects { status } } }`);
  await page.keyboard.down("Control");
  await page.keyboard.press("Enter");
  await page.keyboard.up("Control");
  const shown = () => [...document.querySelectorAll("app-query-result")].some((one) => one.innerText.includes("DONE"));
  await until(shown);
  const [init] = wire.filter(({ type }) => type === "connection_init");
  return { said: init.payload.authorization.split(" ")[0], heard: wire.filter(({ type }) => type === "next").length };
}

await page.goto(`${gateway}/graphql`, { waitUntil: "networkidle2" });
await until(() => document.body.innerText.includes("StudioPage") || document.querySelector(".cm-content"));
told.tabs = await page.evaluate(() => document.body.innerText);
told.begin = await words();
told.anyone = await sent();
await signedIn();
assert.equal(page.url().split("?")[0], `${gateway}/graphql`);
told.after = await words();
told.person = await sent();
told.live = await listened();
await page.click("#sign-in");
await page.waitForFunction((begin) => document.querySelector("#sign-in").textContent === begin, { timeout: 20_000 }, told.begin);
told.end = await words();
await browser.close();
process.stdout.write(JSON.stringify({ ...told, foreign, faults }));
