# Varsler på e-post. De går utenfor huset, så de har saksnummer og lenke, aldri noe fra saken.

-fottekst =
    Du får denne meldingen fordi du har en oppgave i saken. Logg inn for å se mer.
    Svar ikke på denne e-posten.

new-report-subject = Ny avviksmelding: sak { $number }
new-report-text =
    Det har kommet inn en ny avviksmelding, sak { $number }.
    Fristen på 72 timer løper.

    { $link }

    { -fottekst }

severe-report-subject = Haster: alvorlig avviksmelding, sak { $number }
severe-report-text =
    Det har kommet inn en avviksmelding som kan være alvorlig, sak { $number }.
    Se på den med en gang. Fristen på 72 timer løper.

    { $link }

    { -fottekst }

reporter-wrote-subject = Melderen har skrevet i sak { $number }
reporter-wrote-text =
    Den som meldte avviket, har svart eller lagt til noe i sak { $number }.

    { $link }

    { -fottekst }

stage-subject =
    { $hours ->
        [one] Under én time igjen av fristen i sak { $number }
       *[other] Under { $hours } timer igjen av fristen i sak { $number }
    }
stage-text =
    { $hours ->
        [one] Det er mindre enn én time igjen
       *[other] Det er mindre enn { $hours } timer igjen
    } av fristen på 72 timer i sak { $number }.
    Meld bruddet til tilsynsmyndigheten, eller ta stilling til at det ikke skal meldes.

    { $link }

    { -fottekst }

overdue-subject = Fristen er ute i sak { $number }
overdue-text =
    Fristen på 72 timer er ute i sak { $number }.
    Skal bruddet meldes, må meldingen nå forklare hvorfor den kommer for sent.

    { $link }

    { -fottekst }

duty-stage-subject =
    { $hours ->
        [one] Under én time igjen av en frist i sak { $number }
       *[other] Under { $hours } timer igjen av en frist i sak { $number }
    }
duty-stage-text =
    { $hours ->
        [one] Det er mindre enn én time igjen
       *[other] Det er mindre enn { $hours } timer igjen
    } av en frist i sak { $number }.
    Saken sier hvilken plikt det gjelder, og hva som må gjøres.

    { $link }

    { -fottekst }

duty-overdue-subject = En frist er ute i sak { $number }
duty-overdue-text =
    En frist er ute i sak { $number }, og det er ikke registrert at plikten er oppfylt.
    Saken sier hvilken plikt det gjelder.

    { $link }

    { -fottekst }

your-measure-subject = Du har fått ansvar for et tiltak i sak { $number }
your-measure-text =
    Du står som ansvarlig for et tiltak i sak { $number }.
    Si fra i Avvik når det er gjort.

    { $link }

    { -fottekst }

measure-reminder-subject = Et tiltak du har ansvar for, må gjøres: sak { $number }
measure-reminder-text =
    Et tiltak du står som ansvarlig for i sak { $number }, har frist snart, eller fristen er gått ut.
    Si fra i Avvik når det er gjort.

    { $link }

    { -fottekst }

measure-dropped-subject = Et tiltak du hadde ansvar for, er falt bort: sak { $number }
measure-dropped-text =
    Et eller flere tiltak du sto som ansvarlig for i sak { $number }, skal ikke gjøres lenger.
    Saken er flyttet til en annen kategori, eller tiltaket trengs ikke. Listen over tiltakene dine
    viser hva som gjenstår.

    { $link }

    { -fottekst }

measure-overdue-subject = Fristen for et tiltak er gått ut i sak { $number }
measure-overdue-text =
    Et tiltak i sak { $number } er ikke meldt som gjort, og fristen er gått ut.

    { $link }

    { -fottekst }

memo-waits-subject = Sak { $number } venter på din avgjørelse
memo-waits-text =
    Saksframlegget i sak { $number } er ferdig og venter på deg.
    Du kan lukke saken eller sende den tilbake med punkter som må følges opp.

    { $link }

    { -fottekst }

notification-withdrawn-subject = Meldingen til tilsynsmyndigheten er trukket tilbake i sak { $number }
notification-withdrawn-text =
    Det som er meldt til tilsynsmyndigheten i sak { $number }, er trukket tilbake.
    Avgjør på nytt om bruddet skal meldes. Saken kan ikke lukkes før det er gjort.

    { $link }

    { -fottekst }

returned-subject = Sak { $number } er sendt tilbake
returned-text =
    Behandlingsansvarlig har sendt sak { $number } tilbake med punkter som må følges opp.

    { $link }

    { -fottekst }

assigned-subject = Du har fått sak { $number }
assigned-text =
    Du er satt opp som saksbehandler eller stedfortreder i sak { $number }.

    { $link }

    { -fottekst }

opened-outside-role-subject = Noen har åpnet sak { $number } utenfor rollen sin
opened-outside-role-text =
    Sak { $number } er åpnet av noen som ikke ser den gjennom rollen sin.
    Hvem det er, og hva formålet er, står i saken. Se om det holder.

    { $link }

    { -fottekst }

your-audit-subject = Du har fått innsyn i sak { $number }
your-audit-text =
    Behandlingsansvarlig har gitt deg som revisor innsyn i sak { $number } for en tid.
    Hva formålet er, og hvor lenge du ser saken, står under Innsyn for revisor.
    Alt du åpner, blir ført i innsynsloggen.

    { $link }

    { -fottekst }

audit-granted-subject = En revisor har fått innsyn i sak { $number }
audit-granted-text =
    Behandlingsansvarlig har gitt en revisor innsyn i sak { $number } for en tid.
    Hvem det er, og hva formålet er, står i saken.

    { $link }

    { -fottekst }

checkpoint-subject = Kontrollpunkt { $number } for hendelsesloggen
checkpoint-text =
    Dette er et signert kontrollpunkt for hendelsesloggen i Avvik, som nå har { $size } hendelser.
    Ta vare på meldingen. Skulle noen endre loggen i ettertid, er det denne som viser det:
    lagre meldingen som fil og kjør avvik verify --checkpoint FIL.

    { $checkpoint }

inquiry-subject = Du har fått et spørsmål i sak { $number }
inquiry-text =
    Personvernombudet trenger et svar fra deg i sak { $number }.
    Du ser spørsmålet og når svaret trengs når du har logget inn.

    { $link }

    { -fottekst }

inquiry-reminder-subject = Påminnelse: et spørsmål i sak { $number } venter på deg
inquiry-reminder-text =
    Et spørsmål i sak { $number } venter fortsatt på svar fra deg.

    { $link }

    { -fottekst }

inquiry-outside-subject = Et spørsmål venter på svar (sak { $number })
inquiry-outside-text =
    Personvernombudet trenger et svar fra dere i sak { $number }.
    Spørsmålet står bak denne lenken, som bare er til dere. Den virker i { $days ->
        [one] én dag
       *[other] { $days } dager
    } og tar ett svar.
    Send den ikke videre.

    { $link }

    Svar ikke på denne e-posten.

not-archived-subject = Sak { $number } kom ikke til arkivet
not-archived-text =
    Sak { $number } er lukket, men pakken til arkivet kunne ikke legges der den skal.
    Den blir forsøkt på nytt. Saken sier hva som er i veien.

    { $link }

    { -fottekst }

# Til noen som har fått noe ved en feil: ikke noe saksnummer, og ikke noe av det de fikk.
confirmation-subject = Noe fra { $organisation } kan ha kommet til deg ved en feil
confirmation-text =
    Vi i { $organisation } tror du har fått en e-post eller et brev fra oss som skulle til noen andre.
    Vi ber deg svare på noen korte spørsmål om hva som har skjedd med det.
    Spørsmålene står bak denne lenken, som bare er til deg. Den virker i { $days ->
        [one] én dag
       *[other] { $days } dager
    } og tar ett svar.
    Send den ikke videre.

    { $link }

    Er du i tvil om at e-posten er fra oss, kan du ringe oss. Bruk nummeret på nettsidene våre, og spør etter personvernombudet.

    Svar ikke på denne e-posten.

inquiry-answered-subject = Det har kommet svar i sak { $number }
inquiry-answered-text =
    En du har spurt i sak { $number }, har svart.

    { $link }

    { -fottekst }

inquiry-overdue-subject = Et svar mangler i sak { $number }
inquiry-overdue-text =
    Et spørsmål i sak { $number } skulle vært besvart nå.
    Den som er spurt, har fått en påminnelse.

    { $link }

    { -fottekst }

# Uten lenke: den som er spurt, trenger ikke å gjøre noe.
inquiry-over-subject = Spørsmålet i sak { $number } trenger ikke svar lenger
inquiry-over-text =
    Du har fått et spørsmål i sak { $number }. Det venter ikke på svar lenger.
    Du trenger ikke å svare, og du får ingen flere påminnelser om det.

    Svar ikke på denne e-posten.

contribution-given-subject = Nytt bidrag i sak { $number }
contribution-given-text =
    Det har kommet et bidrag til vurderingen av sak { $number }.

    { $link }

    { -fottekst }

effect-review-due-subject = Et tiltak i sak { $number } skal vurderes
effect-review-due-text =
    Det er tid for å vurdere hva et tiltak i sak { $number } har ført til.

    { $link }

    { -fottekst }

# Til den som meldte fra. Uten saksnummer: adressen og nummeret sammen ville vise hvem som meldte hva
# for den som leser posten. De samme setningene står på siden for oppfølging (how_far-…).

-fottekst-melder =
    Åpne siden og skriv koden du fikk da du meldte fra.
    Der ser du hvordan det går, og om vi har spørsmål til deg.
    Svar ikke på denne e-posten.

your-report-registered-subject = Vi har fått meldingen din
your-report-registered-text =
    Meldingen er lagret, og personvernombudet har fått beskjed.

    { $link }

    { -fottekst-melder }

your-report-received-subject = Meldingen din er tatt imot
your-report-received-text =
    Personvernombudet har tatt imot meldingen og behandler den.

    { $link }

    { -fottekst-melder }

your-report-decided-subject = Det du meldte, er vurdert
your-report-decided-text =
    Det er tatt en avgjørelse i saken.

    { $link }

    { -fottekst-melder }

your-report-closed-subject = Saken du meldte, er lukket
your-report-closed-text =
    Saken er lukket. Du kan fortsatt legge til noe.

    { $link }

    { -fottekst-melder }

your-report-merged-subject = Meldingen din behandles sammen med en annen
your-report-merged-text =
    Saken behandles sammen med en annen melding om det samme.

    { $link }

    { -fottekst-melder }

your-report-reopened-subject = Saken du meldte, er tatt opp igjen
your-report-reopened-text =
    Saken er tatt opp igjen.

    { $link }

    { -fottekst-melder }

unusual-access-subject = Uvanlig lesing i Avvik
unusual-access-text =
    Innsynsloggen viser at noen har lest eller hentet ut mer enn vanlig.
    Hvem det er og hva som ble telt, ser du når du har logget inn.

    { $link }

    { -fottekst }

letter-stopped-subject = Sak { $number }: et brev blir ikke sendt videre
letter-stopped-text =
    Utsendingen av et brev i sak { $number } har stoppet. Noen har ikke fått det.
    Saken sier hva som er i veien, og hvem som ikke er nådd.

    { $link }

    { -fottekst }

letter-signed-subject = Sak { $number }: et brev er signert
letter-signed-text =
    Et brev til dem det gjelder, er signert i sak { $number }, og kan sendes:

    { $link }

    { -fottekst }

input-asked-subject = Du er bedt om et innspill til ledelsens gjennomgang
input-asked-text =
    Du er bedt om et innspill til ledelsens gjennomgang { $number }. Spørsmålet og fristen
    ser du her når du har logget inn:

    { $link }

    { -fottekst }

input-reminder-subject = Husk innspillet til ledelsens gjennomgang
input-reminder-text =
    Et innspill du er bedt om til ledelsens gjennomgang { $number }, har frist snart eller nå:

    { $link }

    { -fottekst }

input-given-subject = Et innspill til ledelsens gjennomgang har kommet
input-given-text =
    Noen har svart på det de ble spurt om til ledelsens gjennomgang { $number }:

    { $link }

    { -fottekst }

input-overdue-subject = Et innspill til ledelsens gjennomgang mangler
input-overdue-text =
    Et innspill til ledelsens gjennomgang { $number } skulle ha vært her nå:

    { $link }

    { -fottekst }

review-waits-subject = Ledelsens gjennomgang venter på godkjenning
review-waits-text =
    Ledelsens gjennomgang { $number } er sendt til deg for godkjenning:

    { $link }

    { -fottekst }

review-returned-subject = Ledelsens gjennomgang er sendt tilbake
review-returned-text =
    Behandlingsansvarlig har sendt ledelsens gjennomgang { $number } tilbake med en begrunnelse:

    { $link }

    { -fottekst }

review-approved-subject = Ledelsens gjennomgang er godkjent
review-approved-text =
    Ledelsens gjennomgang { $number } er godkjent, og du kan lese den her:

    { $link }

    { -fottekst }

resolution-subject = Du er ansvarlig for et vedtak
resolution-text =
    Du er ansvarlig for et vedtak fra ledelsens gjennomgang { $number }:

    { $link }

    { -fottekst }

resolution-reminder-subject = Husk vedtaket du er ansvarlig for
resolution-reminder-text =
    Et vedtak fra ledelsens gjennomgang { $number } som du er ansvarlig for, har frist snart eller nå:

    { $link }

    { -fottekst }

resolution-overdue-subject = Et vedtak fra ledelsens gjennomgang er ikke gjort
resolution-overdue-text =
    Et vedtak fra ledelsens gjennomgang { $number } skulle ha vært gjort nå:

    { $link }

    { -fottekst }

next-review-subject = Det er snart tid for ledelsens gjennomgang
next-review-text =
    Den neste gjennomgangen etter { $number } skal holdes snart eller nå:

    { $link }

    { -fottekst }
