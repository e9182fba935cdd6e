# Det som går igjen på alle sider.

product = Avvik
skip-to-content = Hopp til innholdet
page-title = { $title } – Avvik
page-title-with-problems = Feil: { $title } – Avvik
navigation-label = Hovedmeny
navigation-start = Forside
navigation-report = Meld avvik
    .help = Fortell hva som har skjedd. Det tar et par minutter.
navigation-reports = Mine meldinger
    .help = Se hvordan det går med det du har meldt.
navigation-inbox = Saker
    .help = Finn sakene du kan se, og følg fristene.
navigation-decisions = Til avgjørelse
    .help = Se hva som venter på at du avgjør det.
navigation-measures = Tiltak
    .help = Se tiltakene du har ansvar for.
navigation-register = Register
    .help = Se alle brudd, med fakta, virkninger og tiltak.
navigation-follow-up = Følg opp en melding
    .help = Har du fått en kode? Se hvordan det går, svar på spørsmål eller legg til mer.
navigation-access-log = Innsynslogg
    .help = Se hvem som har sett på hva, og når.
navigation-post = Utgående post
    .help = Se e-poster som ikke er sendt ennå, og prøv dem på nytt.
navigation-administration = Administrasjon
    .help = Enheter, personer, roller og API-nøkler.
signed-in-as = Logget inn som { $name }
sign-in = Logg inn
    .help = For ansatte.
sign-out = Logg ut
change-password = Bytt passord
demo-banner = Dette er en demo. Alle navn og saker er funnet på. Skriv ikke inn noe om virkelige mennesker.
footer = Avvik: her melder og følger vi opp brudd på personopplysningssikkerheten.

optional = valgfritt
choose = Velg
cancel = Avbryt
no-answer = Ikke besvart
erased = Slettet
no-name = Navnet er slettet

problems-heading = Det er noe du må rette
problem-missing = { $label }: dette må fylles ut.
problem-not-chosen = { $label }: velg ett av svarene.
problem-not-a-choice = { $label }: velg et av svarene som står der.
problem-too-long = { $label }: teksten er for lang. Den kan ha opptil { $max } tegn.
problem-not-a-time = { $label }: skriv dato og klokkeslett, for eksempel 27.03.2026 15.30.
problem-not-a-date = { $label }: skriv en dato, for eksempel 27.03.2026.
problem-skipped-time = { $label }: dette klokkeslettet finnes ikke, for klokka ble stilt fram til sommertid den natta. Skriv et tidspunkt før eller etter.
problem-not-a-number = { $label }: skriv et tall.

pages-label = Bla i sider
previous-page = Forrige
next-page = Neste
page-of = Side { $page } av { $pages }
