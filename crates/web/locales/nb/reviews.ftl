# Ledelsens gjennomgang: én gang i året ser lederne hva som har skjedd, og vedtar hva som skal gjøres.

navigation-reviews = Ledelsens gjennomgang
reviews-introduction = Én gang i året går ledelsen gjennom hva som har skjedd med personopplysninger, hva det betyr, og hva som skal gjøres. Avvik henter fram tallene og oppfølgingen av forrige gjennomgang.
reviews-none = Det er ingen gjennomgang å se ennå.
reviews-next = Neste gjennomgang skal holdes innen { $day }.
review-title = Ledelsens gjennomgang { $number }
review-back = Til ledelsens gjennomgang { $number }
review-back-to-list = Til alle gjennomganger
review-back-to-review = Til gjennomgangen
review-do = Det du kan gjøre
review-do-with = Det du kan gjøre under { $item }
review-files-of = Vedlegg til { $item }
review-read = Les dokumentet
review-figures-xlsx = Last ned tallene som regneark (XLSX)
review-remaining = Dette gjenstår
review-abandoned = Gitt opp: { $reason }
review-returned = Sendt tilbake av behandlingsansvarlig: { $reason }

review_phase-preparing = Forberedes
review_phase-held = Holdt
review_phase-submitted = Til godkjenning
review_phase-approved = Godkjent
review_phase-abandoned = Gitt opp

agenda-follow_up = Oppfølging av forrige gjennomgang
agenda-audit_results = Resultater fra sikkerhetsrevisjoner
agenda-deviations = Registrerte avvik
agenda-inspections = Rapporter fra eksterne og interne kontroller
agenda-law_changes = Endringer i lover og offentlige krav
agenda-processing_changes = Endringer i hvilke personopplysninger vi behandler
agenda-threats = Endringer i trusselbildet etter risikovurderinger
agenda-technical_incidents = Status for tekniske sikkerhetshendelser
agenda-organisational_changes = Organisatoriske endringer
agenda-building_changes = Endringer i bygninger
agenda-internal_control = Planer og framdrift for internkontrollen

review-remains-name_participants = Sett opp hvem som skal delta
review-remains-prepare_basis = Hent grunnlaget
review-remains-write_item = Skriv om: { $item }
review-remains-await_answer = Vent på et innspill, eller trekk spørsmålet tilbake
review-remains-hold = Hold gjennomgangen
review-remains-write_minutes = Skriv referatet

review-period = Periode
review-state = Status
review-state-submitted = Sendt til godkjenning. Om den er godkjent, av hvem og når, står ved gjennomgangen i Avvik.
review-held = Holdt
review-took-part = Til stede
review-participants = Deltakere
review-basis = Grunnlag
review-basis-at = Hentet { $at } fra plass { $position } i loggen
review-told = Gjelder
review-told-at = Gjennomgangen til og med plass { $position } i loggen, mal { $template }
review-clauses = ISO/IEC 27001:2022, punkt 9.3.2: { $clauses }
review-written = Skrevet av { $who }, { $at }
review-input-of = Innspill fra { $who }
review-question = Spørsmål
review-answer = Svar
review-waits-for = Ikke kommet ennå. Frist: { $due }
review-files = Vedlegg
review-item-empty = Det er ikke skrevet noe om dette ennå.
review-follow-up-none = Det er ikke vedtatt noe i en tidligere gjennomgang.
review-followed = Vedtak i tidligere gjennomganger
review-resolutions = Vedtak
review-resolutions-none = Det er ikke vedtatt noe ennå.
review-resolution-text = Vedtak
review-resolution-owner = Ansvarlig
review-resolution-due = Frist
review-resolution-progress = Status
review-resolution-open = Skal gjøres
review-resolution-done = Gjort { $at }
review-resolution-carried = Føres videre i neste gjennomgang
review-resolution-account = Hva som er gjort
review-resolution-title = Vedtak i ledelsens gjennomgang { $number }
review-minutes = Referat
review-minutes-none = Det er ikke skrevet noe referat ennå.
review-approval = Godkjenning
review-approved-by = Godkjent av
review-approved-at = Godkjent
review-approved-document = SHA-256 av dokumentet som ble godkjent
review-approved-file = Dokumentet som ble godkjent (PDF)
review-next = Neste gjennomgang innen
review-effect-of = Vurder virkningen av: { $text }
review-resolve-anew = Endre: { $text }
review-drop-of = Ta ut: { $text }
review-carry-out-of = Før inn at det er gjort: { $text }
review-point = Punkt på dagsordenen
review-asked-title = Innspill til ledelsens gjennomgang { $number }

review-begin-title = Begynn en ny gjennomgang
review-begin-introduction = Velg hvilke dager gjennomgangen ser tilbake på. Tallene og oppfølgingen av forrige gjennomgang hentes fram med en gang.
review-begin-under_way = En gjennomgang er under arbeid. Når den er godkjent eller gitt opp, kan du begynne en ny.
review-begin-button = Begynn
review-begin-first = Fra og med
review-begin-last = Til og med
review-begin-participants = Hvem skal delta?
    .help = Du kan endre dette senere.

review-participants-title = Sett opp deltakere
review-participants-introduction = Deltakerne kan lese gjennomgangen når den er godkjent.
review-participants-button = Lagre deltakerne
review-participants-participants = Deltakere

review-basis-title = Hent grunnlaget på nytt
review-basis-introduction = Tallene og oppfølgingen hentes slik de er nå. Teksten du har skrevet, blir stående.
review-basis-button = Hent grunnlaget

review-write-title = Skriv
review-write-introduction = Skriv hva dette betyr for virksomheten. Ikke nevn enkeltpersoner. Er det ikke noe å melde, skriv det.
review-write-button = Lagre teksten
review-write-text = Tekst

review-ask-title = Spør noen
review-ask-introduction = Den du spør, får en e-post, ser spørsmålet og ikke noe annet fra gjennomgangen, og blir minnet på det før fristen.
review-ask-button = Send spørsmålet
review-ask-of = Hvem spør du?
review-ask-text = Hva spør du om?
review-ask-due = Svaret trengs innen

review-withdraw-title = Trekk et spørsmål tilbake
review-withdraw-introduction = Da trengs svaret ikke lenger.
review-withdraw-button = Trekk spørsmålet tilbake
review-withdraw-reason = Hvorfor?

review-resolve-title = Før inn et vedtak
review-resolve-introduction = Vedtaket blir et tiltak for den som er ansvarlig, og følges opp først i neste gjennomgang.
review-resolve-button = Lagre vedtaket
review-resolve-text = Hva skal gjøres?
review-resolve-owner = Hvem er ansvarlig?
review-resolve-due = Frist
review-resolve-carries_over = Fører videre
    .help = Velg et vedtak fra en tidligere gjennomgang hvis dette kommer i stedet for det.
review-resolve-new = Nytt vedtak

review-attach-title = Legg ved en fil

review-drop-title = Ta ut et vedtak
review-drop-introduction = Bruk dette hvis det likevel ikke ble vedtatt.
review-drop-button = Ta ut vedtaket
review-drop-reason = Hvorfor?

review-hold-title = Før inn at gjennomgangen er holdt
review-hold-introduction = Skriv når den ble holdt, og hvem som var til stede.
review-hold-button = Lagre
review-hold-held = Når ble den holdt?
review-hold-participants = Hvem var til stede?

review-abandon-title = Gi opp gjennomgangen
review-abandon-introduction = Bruk dette hvis gjennomgangen ble begynt ved en feil, eller for feil dager. Det som er skrevet, blir stående til å lese, og du kan begynne en ny.
review-abandon-button = Gi opp gjennomgangen
review-abandon-reason = Hvorfor?

review-minutes-title = Skriv referatet
review-minutes-introduction = Skriv hva ledelsen la vekt på. Vedtakene står for seg, og trenger ikke gjentas.
review-minutes-button = Lagre referatet
review-minutes-text = Referat

review-submit-title = Send til godkjenning
review-submit-introduction = Behandlingsansvarlig får beskjed. Ingenting kan endres før gjennomgangen er godkjent eller sendt tilbake.
review-submit-button = Send til godkjenning

review-return-title = Send tilbake
review-return-introduction = Personvernombudet får beskjed og kan rette og sende den på nytt.
review-return-button = Send tilbake
review-return-reason = Hva må rettes?

review-approve-title = Godkjenn
review-approve-introduction = Les dokumentet først. Det blir tatt vare på slik det lå til godkjenning, og deltakerne får lese det.
review-approve-button = Godkjenn gjennomgangen
review-approve-next = Neste gjennomgang skal holdes innen

review-outcome-title = Vurder virkningen
review-outcome-introduction = Skriv hva vedtaket har ført til.
review-outcome-button = Lagre vurderingen
review-outcome-effect = Virker det?
review-outcome-finding = Hva ser du?

review-answer-text = Ditt svar
    .help = Skriv det du vet, uten å nevne enkeltpersoner. Du kan svare flere ganger.
    .missing = Skriv svaret.
review-carry-out-text = Hva er gjort?
    .missing = Skriv hva som er gjort.

paper-review = Ledelsens gjennomgang
paper-review-about = Ledelsens gjennomgang { $number }

inquiries-in-review = Innspill til ledelsens gjennomgang { $number }
measures-resolutions = Vedtak fra ledelsens gjennomgang
clocks-review = Ledelsens gjennomgang
clocks-review-due = Neste gjennomgang skal holdes innen { $day }

refusal-service-no_such_review = Gjennomgangen finnes ikke, eller den er ikke din å se.
refusal-service-review_is_under_way = En annen gjennomgang er under arbeid. Den må godkjennes eller gis opp først.
refusal-service-review_has_changed = Gjennomgangen er endret siden du åpnet skjemaet. Les dokumentet på nytt før du godkjenner.
refusal-service-goes_on_elsewhere = Vedtaket er ført videre i neste gjennomgang. Før det inn som gjort der.
refusal-review-not_begun = Gjennomgangen er ikke påbegynt.
refusal-review-review_taken = Gjennomgangen er påbegynt på en annen måte fra før. Åpne skjemaet på nytt.
refusal-review-period_out_of_order = Perioden slutter før den begynner. Rett den ene dagen.
refusal-review-period_too_long = En gjennomgang ser tilbake på høyst { $days } dager. Rett den ene dagen.
refusal-review-period_not_over = Perioden har dager som ikke har vært ennå. Velg en siste dag som har vært.
refusal-review-nobody_takes_part = Velg minst én som deltar.
refusal-review-inquiry_unknown = Spørsmålet hører ikke til denne gjennomgangen. Last inn siden på nytt.
refusal-review-inquiry_taken = Spørsmålet er stilt på en annen måte fra før. Last inn siden på nytt.
refusal-review-not_asked = Spørsmålet er stilt til en annen.
refusal-review-inquiry_is_withdrawn = Spørsmålet er trukket tilbake.
refusal-review-inquiry_is_answered = Spørsmålet er besvart.
refusal-review-time_in_past = Tidspunktet har vært. Velg et som kommer.
refusal-review-time_in_future = Tidspunktet er ikke kommet ennå. Velg et som har vært.
refusal-review-resolution_unknown = Vedtaket finnes ikke, eller det kan ikke føres videre. Last inn siden på nytt.
refusal-review-resolution_is_carried_out = Vedtaket er ført inn som gjort fra før.
refusal-review-resolution_is_not_carried_out = Vedtaket er ikke gjort ennå. Før det inn først.
refusal-review-not_the_owner = Bare den som er ansvarlig for vedtaket, eller personvernombudet, kan si at det er gjort.
refusal-review-not_held = Gjennomgangen er ikke holdt ennå. Før det inn først.
refusal-review-is_held = Gjennomgangen er holdt. Grunnlaget blir stående, og den kan ikke gis opp.
refusal-review-is_abandoned = Gjennomgangen er gitt opp.
refusal-review-not_ready = Det kan ikke gjøres ennå. Dette gjenstår: { $what }.
refusal-review-is_submitted = Gjennomgangen ligger til godkjenning. Den kan endres hvis den blir sendt tilbake.
refusal-review-not_submitted = Gjennomgangen ligger ikke til godkjenning.
refusal-review-is_approved = Gjennomgangen er godkjent og kan ikke endres.
refusal-review-too_many_files = Gjennomgangen har { $count } vedlegg fra før, og kan ikke ha flere.
refusal-review-only_the_controller_approves = Bare behandlingsansvarlig kan godkjenne gjennomgangen eller sende den tilbake.
refusal-review-independence_of_the_dpo = Den som er personvernombud eller har forberedt gjennomgangen, kan ikke godkjenne den (personvernforordningen artikkel 38 nr. 6).
refusal-review-text_missing-item = Skriv teksten.
refusal-review-text_missing-question = Skriv spørsmålet.
refusal-review-text_missing-answer = Skriv svaret.
refusal-review-text_missing-reason = Skriv hvorfor.
refusal-review-text_missing-resolution = Skriv hva som er vedtatt.
refusal-review-text_missing-minutes = Skriv referatet.
refusal-review-text_missing-account = Skriv hva som er gjort.
refusal-review-text_missing-finding = Skriv hva du ser.
refusal-review-text_missing-file_description = Skriv hva filen viser.

review-figures-suppressed = Tall under fem, og tall som ville røpe dem, er utelatt.
