# Oversikten over alle brudd (personvernforordningen artikkel 33 nr. 5).

register-title = Register over brudd
register-introduction = Her står alle brudd: hva som skjedde, hvilke virkninger det fikk, hva som er gjort, og grunnene for det som er avgjort, enten bruddet ble meldt eller ikke (personvernforordningen artikkel 33 nr. 5). Registeret nevner ikke hvem som meldte fra, eller hvem som var involvert.
register-as_of = Slik det var kjent
    .help = Ved slutten av denne dagen. Uten dato: slik det er nå.
register-from = Meldt inn fra og med
register-until = Meldt inn til og med
register-submit = Vis
register-all = Vis hele registeret
register-not_a_day = Dette er ingen dato. Skriv den slik: 2026-03-01
register-future = Denne dagen er ikke kommet ennå. Velg en dag til og med i dag.
register-order = Den siste dagen kan ikke komme før den første.
register-then = Registeret slik det var kjent ved slutten av { $day }. Det som er slettet siden, står som slettet. Enheter og kategorier har navnene de har i dag.
register-none-asked = Ingen brudd passer til dette.
register-none = Det er ikke meldt noen avvik ennå. Når et avvik meldes, kommer det hit av seg selv.
register-download = Last ned som CSV
register-download-xlsx = Last ned som regneark (XLSX)
register-too_many = Et dokument tar høyst { $max } brudd. Velg en kortere periode.
register-pdf = Last ned som PDF
register-file = register-over-brudd
register-sheet = Register
register-cut = … (Teksten er for lang for en celle. Hele står i CSV-filen.)
register-count = { $count ->
    [one] 1 sak
   *[other] { $count } saker, den nyeste først
}
register-case = Sak
register-nothing = Ingenting er registrert.

register-facts = Fakta
register-what_happened = Hva som skjedde
register-category = Kategori
register-unit = Enhet
register-phase = Status
register-reported_at = Meldt inn
register-aware_at = Fristen løper fra
register-occurred_from = Skjedde fra
register-occurred_until = Skjedde til
register-personal_data = Gjelder personopplysninger
register-breach = Slags brudd
register-data = Slags opplysninger
register-recipient = Hvem har dem, eller kan ha dem

register-effects = Virkninger
register-whose_data = Hvem opplysningene gjelder
register-people = Hvor mange det gjelder
register-people_are = Hva slags personer
register-consequences = Hva det kan føre til
register-assessed = Vurdering
register-severity = Alvorlighetsgrad etter ENISA
register-rules = Råd etter reglene
register-advised = Råd etter vurderingen
register-advice_departure = Hvorfor vurderingen avviker fra reglene

register-action = Tiltak
register-measures = Tiltak
register-measure-verified = { $kind }: { $measure } (gjort, og det virker)
register-measure-done = { $kind }: { $measure } (gjort, virkningen er ikke bekreftet)
register-measure-open = { $kind }: { $measure } (ikke gjort)

register-decisions = Avgjørelser
register-authority = Meldes til { -authority }
register-authority_grounds = Grunner for å melde eller ikke
register-authority_departure = Hvorfor det avviker fra rådet eller praksis
register-people_decision = Varsel til dem det gjelder
register-people_grounds = Grunner for varsel eller ikke
register-people_departure = Hvorfor varselet avviker fra rådet eller praksis
register-every_decision = Alle avgjørelser i saken
register-decision = { $day }: { $what }. Grunner: { $reasons }
register-decision-departs = { $decision } Hvorfor det avviker: { $departure }
register-decision-awareness = Fristen løper fra { $at }
register-decision-not_a_deviation = Ikke et avvik
register-decision-reopened = Tatt opp igjen
register-decision-notification_withdrawn = Meldingen til { -authority } trukket tilbake
register-decision-merged = Går videre i sak { $number }

register-notification = Meldingen til { -authority }
register-notified_at = Meldt til { -authority }
register-reference = Referanse
register-reasons_for_delay = Grunner til forsinkelsen
register-letters = Brev til og fra { -authority }

register-others = Andre som fikk vite det, og andre saker
register-told = De det gjelder
register-told-line = { $day }: { $way }. { $what }
register-others_told = Andre
register-other-line = { $day }: { $who }
register-police = Politiet
register-linked = Slike saker fra før eller siden
register-duplicates = Saker som gikk videre i denne
register-merged_into = Går videre i sak
