# Saken slik den var kjent på et tidspunkt, og sammenligning av to tidspunkter.

as_of-heading = Hva visste vi da?
as_of-as_of = Tidspunkt
    .help = Du ser saken, fristene og vedtakene slik de var da.
as_of-submit = Vis saken slik den var
as_of-hours = Timer etter at vi ble klar over bruddet
as_of-submit-hours = Vis saken etter så mange timer
as_of-shown = Du ser saken slik den var kjent { $moment }. Det som ble registrert senere, er ikke med.
as_of-now = Vis saken slik den er nå
as_of-compare = Sammenlign med slik saken er nå
as_of-documents = Dokumentene slik de var
as_of-then = Vis saken slik den var da
as_of-before = Saken fantes ikke da. Den ble meldt { $reported_at }.
as_of-future = Velg et tidspunkt som har vært.
as_of-unreadable = Skriv en dato og et klokkeslett.
as_of-skipped = Klokka ble stilt forbi dette tidspunktet. Velg et annet.
as_of-not_hours = Skriv antall timer som et helt tall.

compare-title = Sak { $number }: hva er endret?
compare-from = Fra
    .help = Uten tidspunkt: da saken ble meldt.
compare-to = Til
    .help = Uten tidspunkt: nå.
compare-submit = Sammenlign
compare-between = Her står det som var kjent { $from }, ved siden av det som var kjent { $to }.
compare-nothing = Ingenting er endret mellom de to tidspunktene.
compare-what = Opplysning
compare-clock = Hvor lenge igjen
compare-overview = Saken
compare-measure-state = Status
compare-not-known = Ikke kjent
compare-no-longer = Gjelder ikke lenger
compare-unchanged = { $count ->
        [0] Ingen opplysninger er like.
        [one] Én opplysning er lik.
       *[other] { $count } opplysninger er like.
    }
compare-events = Hva som skjedde i mellomtiden
compare-no-events = Ingenting ble registrert i mellomtiden.
