# Lista over saker, og radene i den.

inbox-title = Saker
inbox-title-unit = Saker i min enhet
inbox-search-label = Finn saker
inbox-words = Søk
    .help = Ord fra saken, også i andre former, eller et saksnummer.
inbox-phase = Status
inbox-phase-open = Alle åpne saker
inbox-phase-any_closed = Alle lukkede saker
inbox-phase-any = Alle saker
inbox-category = Kategori
inbox-any-category = Alle kategorier
inbox-unit = Enhet
inbox-any-unit = Alle enheter
inbox-handler = Saksbehandler
inbox-any-handler = Alle
inbox-filter = Vis saker
inbox-reset = Vis alle åpne saker
inbox-count = { $count ->
    [one] 1 sak
   *[other] { $count } saker
}
inbox-none = Det er ingen åpne saker her nå. Nye saker kommer hit av seg selv. Vil du se eldre saker, velger du «Alle lukkede saker» under «Status».
inbox-incomplete = Tjenesten har nettopp startet og leser fortsatt inn tekstene i sakene. Søk en gang til om litt, så finner du også de siste.
inbox-none-found = Vi fant ingen saker. Søk med færre eller andre ord, eller velg «Alle» i ett av feltene.

case_rows-number = Sak
case_rows-case = Sak { $number }
case_rows-clock = Frist for å melde til { -authority }
case_rows-due = Frist:
case_rows-about = Gjelder
case_rows-unit = Enhet
case_rows-phase = Status
case_rows-handler = Saksbehandler
case_rows-nobody = Ingen ennå
case_rows-answers-overdue = Svar mangler

clock-notified = Meldt til { -authority }
clock-not_notified = Meldes ikke til { -authority }
clock-closed = Lukket
