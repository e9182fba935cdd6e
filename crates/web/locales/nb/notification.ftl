# Meldingen til tilsynet: hva som står i den, hva som er sendt, og hvordan det føres inn.

notice-title = Melding til { -authority } i sak { $number }
notice-introduction = Dette kan dere fylle inn på nettsidene til { -authority }. Forslagene kommer fra saken. Les dem før du bruker dem, og skriv egne ord der det trengs. Ta ikke med hvem som meldte fra, eller hvem som er innblandet.
notice-back = Tilbake til meldingen
notice-views = Rekkefølgen i skjemaet
notice-template = Feltnumrene er fra { $template }.
notice-is-withdrawn = Det som var sendt, er trukket tilbake. Det neste som sendes, er en ny melding.
notice-nothing-lacking = Ingenting mangler.
notice-count-missing = { $count ->
        [one] Ett felt mangler svar
       *[other] { $count } felter mangler svar
    }
notice-count-too_long = { $count ->
        [one] Ett svar er for langt
       *[other] { $count } svar er for lange
    }
notice-count-to_be_determined = { $count ->
        [one] Ett felt skal avklares
       *[other] { $count } felter skal avklares
    }
notice-changed = { $count ->
        [0] Ingenting er endret siden det som sist ble sendt.
        [one] Ett felt er endret siden det som sist ble sendt.
       *[other] { $count } felter er endret siden det som sist ble sendt.
    }
notice-show-all = Vis alle feltene
notice-show-changed = Vis bare det som er endret
notice-record = Før inn det som er sendt
notice-withdraw = Før inn at meldingen er trukket tilbake
notice-write = Skriv egne ord: { $title }
notice-write-introduction = Det som står her, er forslaget fra sak { $number } eller det dere har skrevet før. Det dere endrer, gjelder i stedet for forslaget. Et felt som tømmes, får forslaget tilbake.
notice-write-submit = Lagre teksten
notice-written = Teksten er lagret.
notice-nothing-chosen = Ikke valgt
notice-copy = Kopier
notice-copied = Kopiert
notice-field = Felt { $id }
notice-characters = { $count ->
        [one] 1 tegn
       *[other] { $count } tegn
    }
notice-characters-of = { $count } av { $max } tegn
notice-is-changed = Endret
notice-before = Sist sendt: { $before }
notice-not-sent-before = Ikke sendt før
notice-sent-heading = Det som er sendt
notice-none-sent = Ingenting er sendt ennå.
notice-sent-at = Sendt
notice-reasons = Grunner
notice-receipt = Kvittering
notice-sha256 = SHA-256:
notice-sent-title = Sendt til { -authority } i sak { $number }
notice-as-sent = Slik det ble sendt
notice-written-elsewhere = Teksten ble skrevet et annet sted, og er ikke tatt vare på her.

form_status-draft = Utkast, ikke endelig
form_status-described = Etter myndighetens beskrivelse
form_status-in_force = I bruk

field_origin-facts = Fra det vi vet om saken
field_origin-report = Fra rapporten
field_origin-assessment = Fra vurderingen
field_origin-decision = Fra avgjørelsen
field_origin-measures = Fra tiltakene
field_origin-case = Fra saken
field_origin-settings = Fra innstillingene
field_origin-notice = Følger av meldingen selv
field_origin-open = Ikke kjent ennå
field_origin-own = Egne ord

field_state-answered = Besvart
field_state-empty = Ikke besvart
field_state-to_be_determined = Skal avklares
field_state-missing = Mangler
field_state-too_long = For langt

notification-title-initial = Før inn meldingen til { -authority }
notification-title-supplement = Før inn et tillegg til meldingen
notification-title-withdrawal = Før inn at meldingen er trukket tilbake
notification-introduction-initial = Send først meldingen på nettsidene til { -authority }. Skriv her når den ble sendt. Da stopper klokka.
notification-introduction-supplement = Send først tillegget på nettsidene til { -authority }, i meldingen som allerede er sendt. Skriv her når det ble sendt.
notification-introduction-withdrawal = Trekk først meldingen tilbake hos { -authority }. Deretter må det avgjøres på nytt om bruddet skal meldes.
notification-submit = Før inn
notification-due = Fristen for å melde
notification-sent_at = Når ble det sendt?
    .missing = Skriv når det ble sendt.
notification-reference = Referanse
    .help = Nummeret eller koden du fikk fra { -authority }.
    .missing = Skriv referansen du fikk.
notification-channel = Hvordan ble det sendt?
notification-completeness = Er alt med?
    .help = Teksten slik den står her nå, tas vare på som det som er sendt.
completeness-elsewhere = Teksten ble skrevet et annet sted
    .help = Da tas den ikke vare på her.
notification-reasons_for_delay = Grunner til forsinkelsen
    .help = Må fylles ut hvis meldingen ble sendt etter fristen (personvernforordningen artikkel 33 nr. 1).
notification-reason = Hvorfor trekkes meldingen tilbake?
    .missing = Skriv hvorfor meldingen trekkes tilbake.
notification-files = Kvittering
notification-receipt-description = Kvittering fra { -authority }
notification-late = må fylles ut: fristen er ute
notification-in-time = bare etter fristen
