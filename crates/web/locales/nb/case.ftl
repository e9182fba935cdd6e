# Siden for én sak.

case-title = Sak { $number }: { $category }
case-back = Til sakene
case-phase = Status
case-the-reporter = Melderen

case-clock-heading = Fristen på 72 timer
case-due = Frist
case-aware = Vi ble klar over bruddet
case-notified = Meldt til Datatilsynet
case-clock-notified = Meldt til Datatilsynet innen fristen
case-clock-notified-late = Meldt til Datatilsynet etter fristen
case-clock-not-to-be-notified = Klokka er stanset: bruddet skal ikke meldes til Datatilsynet
case-clock-closed = Klokka er stanset: saken er lukket
case-clock-erased = Klokka er stanset: saken er slettet

case-outstanding-heading = Hva gjenstår
case-nothing-outstanding = Alt er gjort. Behandlingsansvarlig avgjør om saken lukkes.
case-is-closed = Saken er lukket. Ingenting gjenstår.
case-is-erased = Saken er slettet. Ingenting gjenstår.
case-others-heading = Andre steg
case-of-measure = { $what }: { $measure }

case-reported = Meldt
case-unit = Enhet
case-handler = Saksbehandler
case-handler-away = { $name } (borte til { $until })
case-deputy = Stedfortreder
case-deputy-acts = { $name } (behandler saken nå)
case-told-at = Varslet
case-told-way = Varslet gjennom
case-told-people = Hvor mange som ble varslet
case-told-account = Hva de fikk vite
case-category = Kategori
case-reopened = Hvorfor saken ble åpnet på nytt
case-not-a-deviation = Hvorfor saken ikke er et avvik
case-reason = Begrunnelse
case-erasure-ground = Grunnlag for slettingen
case-erasure-basis = Hvor grunnlaget finnes

case-report-heading = Meldingen
case-what_happened = Hva har skjedd
case-channel = Kom inn gjennom
case-reported-category = Meldt som
case-reported-unit = Meldt på enhet
case-occurred = Skjedde
case-occurred-from = Skjedde fra
case-occurred-until = Skjedde til
case-goes-on = Pågår fortsatt
case-discovered = Oppdaget
case-personal_data = Opplysninger om mennesker
case-breach = Hva har skjedd med opplysningene
case-whose_data = Hvem opplysningene gjelder
case-people = Omtrent hvor mange
case-sensitive = Særlig alvorlige opplysninger
case-systems_and_devices = Systemer og utstyr
case-done_already = Gjort allerede

case-reporter-heading = Hvem meldte
case-openness = Meldte
case-reporter-name = Navn
case-reporter-contact = Kan nås

case-involved-heading = Involverte
case-involved = Involvert

case-dialogue-heading = Dialog med melderen
case-question = Spørsmål
case-answer = Svar
case-not-answered = Ikke besvart ennå
case-told = Vi fikk vite det
case-addition = Melderen la til

case-assessment-heading = Vurdering av risikoen
case-assessment-version = Vurdering nr.
case-advice = Råd
case-facts = Hva vurderingen bygger på

case-authority-heading = Melding til Datatilsynet
case-decision = Avgjørelse
case-grounds = Grunner
case-departure = Hvorfor avgjørelsen er en annen enn rådet
case-capacity = Avgjort
case-reference = Referanse
case-reasons_for_delay = Grunner til forsinkelsen

case-people-heading = Varsling av dem det gjelder

case-measures-heading = Tiltak
case-measure = Tiltak { $count }: { $kind }
case-measure-description = Hva skal gjøres
case-measure-owner = Ansvarlig
case-measure-due = Frist
case-measure-account = Hva er gjort
case-measure-finding = Hva ble funnet
case-measure-complete = Si at tiltaket er gjennomført
case-measure-verify = Bekreft om tiltaket virker

case-memo-heading = Saksframlegg
case-memo-version = Versjon
case-memo-by = Sendt av
case-memo-state = Hvor det er
case-memo-waits = Hos behandlingsansvarlig
case-memo-done-with = Ikke lenger hos behandlingsansvarlig
case-follow-up = Skal følges opp

case-timeline-heading = Hva som har skjedd i saken
case-timeline-by = Av { $name }

case-step-receive = Ta imot saken
case-step-name_involved = Før opp noen som involvert
case-step-establish_awareness = Endre når vi ble klar over bruddet
case-step-ask_reporter = Still melderen et spørsmål
case-step-assess = Vurder risikoen
case-step-decide_on_authority = Avgjør om bruddet skal meldes til Datatilsynet
case-step-record_notification = Før inn at bruddet er meldt til Datatilsynet
case-step-decide_on_people = Avgjør om de det gjelder, skal varsles
case-step-propose_measure = Foreslå et tiltak
case-step-complete_measure = Si at et tiltak er gjennomført
case-step-verify_measure = Bekreft om et tiltak virker
case-step-submit_memo = Send saksframlegget til behandlingsansvarlig
case-step-return = Send saken tilbake
case-step-close = Lukk saken
case-step-close_as_not_a_deviation = Lukk saken fordi den ikke er et avvik
case-step-reopen = Åpne saken på nytt
case-step-assign = Fordel saken eller velg stedfortreder
case-step-tell_people = Før inn at de det gjelder, er varslet
case-step-erase = Slett personopplysninger, eller se hva som er slettet

case-done-receive = Saken er tatt imot.
case-done-name_involved = Personen er ført opp som involvert, og ser ikke lenger saken.
case-done-establish_awareness = Tidspunktet er endret, og fristen er regnet ut på nytt.
case-done-ask_reporter = Spørsmålet er stilt. Melderen ser det med koden sin.
case-done-assess = Vurderingen er lagret.
case-done-decide_on_authority = Avgjørelsen er lagret.
case-done-record_notification = Meldingen til Datatilsynet er ført inn.
case-done-decide_on_people = Avgjørelsen er lagret.
case-done-propose_measure = Tiltaket er foreslått.
case-done-complete_measure = Det er ført inn at tiltaket er gjennomført.
case-done-verify_measure = Det du fant ut om tiltaket, er lagret.
case-done-submit_memo = Saksframlegget er sendt til behandlingsansvarlig.
case-done-return = Saken er sendt tilbake.
case-done-close = Saken er lukket.
case-done-close_as_not_a_deviation = Saken er lukket.
case-done-reopen = Saken er åpnet på nytt.
case-done-assign = Saken er fordelt.
case-done-tell_people = Varslingen er ført inn.
case-done-erase = Personopplysningene er slettet.

case-severe = Alvorlig
case-severe-why = Alvorlig fordi
case-rules-heading = Regler som gjerne er brutt
case-measure-from = Kommer fra
case-measure-playbook = Tiltakskortet for «{ $category }», versjon { $version }
case-step-attach = Legg ved en fil
case-done-attach = Filen er lagt ved.
