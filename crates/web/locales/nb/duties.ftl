# Plikter og klokkene deres: i en sak, i skjemaene og i oversikten.

duty-verdict-yes = Gjelder
duty-verdict-unknown = Kan gjelde
duty-verdict-no = Gjelder ikke

organisation_fact-cybersecurity_act = Er virksomheten omfattet av loven om digital sikkerhet? (innstilling)
organisation_fact-security_act = Er virksomheten omfattet av sikkerhetsloven? (innstilling)
organisation_fact-health_care = Yter virksomheten helsehjelp? (innstilling)
organisation_fact-social_services = Driver virksomheten sosialtjeneste? (innstilling)

duty-title = Før inn at en plikt er utført
duty-introduction = Gjør først det plikten krever. Skriv her når det ble gjort, så stanser klokka for den.
duty-submit = Før inn
duty-duty = Hvilken plikt?
duty-done_at = Når ble det gjort?
duty-reference = Referanse
    .help = Nummeret du fikk fra dem som ble varslet, om du fikk noe.

duties-heading = Plikter og frister
duties-none-running = Ingen plikter venter på å bli utført.
duties-possible = Plikter som kan gjelde
duties-possible-why = Disse fristene løper bare hvis plikten gjelder. Spørsmålene under avgjør det.
duties-answer = Svar på spørsmålene
duties-others = Utført, eller gjelder ikke
duty-due = Frist
duty-starts = Løper fra
duty-authority = Til
duty-cite = Hjemmel
duty-time = Tidsrammen
duty-own-target = eget mål, ikke lovens frist
duty-reading = Lest etter forordning 1182/71 (ikke fristen vi styrer etter)
duty-reading-two = Lest med to arbeidsdager, artikkel 3 nr. 5 (omstridt)
duty-uncertain = Usikkert
duty-ended = Avsluttet { $at }
duty-ended-with-the-case = Klokka ble stanset da saken ble avsluttet { $at }
duty-question-advised = Hva sier vurderingen av risikoen?
duty-question-happened = Er det avgjort at de det gjelder, skal varsles?
duty-question-report = Hva sier meldingen? Spør melderen om det som mangler.

clocks-introduction = Alle frister som løper i sakene du kan se. Den som går ut først, står øverst.
clocks-which = Hvilke klokker
clocks-sure = Plikter som gjelder
clocks-possible = Plikter som kan gjelde
clocks-possible-introduction = Her mangler det et svar før vi vet om plikten gjelder. Åpne saken og svar på spørsmålet.
clocks-none = Ingen klokker går.
clocks-caption = Klokker som går, den som går ut først øverst
clocks-questions-pages = Sider med spørsmål
clocks-questions = Spørsmål som venter på svar
clocks-duty = Plikt
clocks-left = Igjen
clocks-case = Sak
clocks-category = Kategori
clocks-unit = Enhet
clocks-back = Tilbake til klokkene
clocks-calendar-heading = Fristene i kalenderen din
clocks-calendar-none = Du kan få fristene inn i kalenderen din. Der står bare saksnumrene.
clocks-calendar-there = Du har en kalenderadresse. Lager du en ny, slutter den gamle å virke.
clocks-calendar-open = Lag en kalenderadresse
clocks-calendar-renew = Lag en ny kalenderadresse
clocks-calendar-close = Steng kalenderadressen
clocks-calendar-title = Kalenderadressen din
clocks-calendar-introduction = Legg adressen inn i kalenderen din som et abonnement. Den vises bare denne ene gangen. Den som har den, ser fristene dine: del den ikke med noen.
clocks-calendar-label = Adresse
calendar-name = Frister i Avvik
calendar-summary = Frist i sak { $number }
calendar-review = Frist: ledelsens gjennomgang etter { $number }
