# Ett tiltak: gjennomføring, og om det virker.

measure-title = { $kind } i sak { $number }
measure-back = Til saken
measure-back-to-list = Til tiltakene

completion-heading = Er tiltaket gjennomført?
completion-account = Hva er gjort?
    .help = Skriv kort hva du har gjort, og når. Ta ikke med navn på dem saken gjelder.
    .missing = Skriv hva som er gjort.
completion-submit = Tiltaket er gjennomført

verification-title = Virker tiltaket? { $kind } i sak { $number }
verification-heading = Det du har funnet ut
verification-effect = Virker tiltaket?
    .help = Et tiltak som ikke virker, blir åpnet igjen.
    .missing = Velg om tiltaket virker.
verification-finding = Hva bygger du det på?
    .help = Skriv kort hvordan du har undersøkt det, og hva du fant.
    .missing = Skriv hva du fant ut.
verification-submit = Lagre
verification-not-now = Her er det ikke noe å bekrefte nå: tiltaket er ikke gjennomført, eller det er bekreftet fra før.

effect-as_intended = Ja, det virker
effect-none = Nei, det virker ikke
