# Skjemaene for stegene i en sak. Navnet på skjemaet er siste del av adressen.

steps-back = Tilbake til sak { $number }
steps-case = Sak { $number }

receive-title = Ta imot saken
receive-introduction = Bestem hvor saken hører hjemme og hvem som behandler den. Når den er tatt imot, kan lederne for enheten se den. De ser aldri hvem som meldte.
receive-submit = Ta imot saken
receive-reported = Meldt
receive-category = Kategori
    .help = Rett den hvis melderen valgte noe annet enn det som passer.
    .missing = Velg en kategori.
receive-unit = Enhet
    .help = Enheten det skjedde i. Lederne for den og for enhetene over får se saken.
    .missing = Velg enheten det gjelder.
receive-handler = Saksbehandler
    .missing = Velg hvem som behandler saken.
receive-involved = Er noen av disse involvert i det som skjedde?
    .help = Den du krysser av, får aldri se saken i kraft av rollen sin. Andre kan du legge til senere.

involved-title = Pek ut noen som er involvert
involved-introduction = Den som er involvert i det som skjedde, skal ikke behandle saken og får ikke se den. Det kan ikke gjøres om. Velger du deg selv, ser du ikke saken mer.
involved-submit = Legg til
involved-named = Involvert fra før
involved-person = Hvem er involvert?
    .missing = Velg en person.

awareness-title = Endre når fristen begynner
awareness-introduction = Fristen på 72 timer begynner når vi med rimelig sikkerhet vet at det har skjedd et brudd på personopplysningssikkerheten. Endrer du tidspunktet, regnes fristen på nytt. Det gamle tidspunktet blir stående i historikken.
awareness-submit = Endre tidspunktet
awareness-current = Fristen regnes nå fra
awareness-due = Fristen går nå ut
awareness-aware_at = Når visste vi det?
    .help = Skriv et tidspunkt som har vært.
    .missing = Skriv når vi visste det.
awareness-reason = Hvorfor dette tidspunktet?
    .help = Skriv hva vi visste da, og hvor vi visste det fra. Datatilsynet kan spørre om det.
    .missing = Skriv hvorfor.

ask-title = Still melderen et spørsmål
ask-introduction = Melderen ser spørsmålet neste gang koden fra kvitteringen blir brukt, og svarer der. Du får ikke vite mer om hvem det er enn du vet fra før.
ask-submit = Send spørsmålet
ask-asked = Spurt om før
ask-question = Hva vil du spørre om?
    .help = Still ett spørsmål om gangen.
    .missing = Skriv spørsmålet.

assess-title = Vurder risikoen
assess-introduction = Vurder hva bruddet kan føre til for dem det gjelder: hvor alvorlig det er, og hvor sannsynlig. Du kan vurdere på nytt når du vet mer. Tidligere vurderinger blir stående.
assess-submit = Lagre vurderingen
assess-reported = Meldt
assess-facts = Hva bygger vurderingen på?
    .help = Hva slags opplysninger, hvor mange mennesker, hvem som kan ha sett dem, og hva det kan føre til. Skriv ikke navn eller fødselsnummer.
    .missing = Skriv hva vurderingen bygger på.
assess-outcome = Hva råder du til?
    .missing = Velg hva du råder til.

authority-title = Avgjør om bruddet skal meldes til Datatilsynet
authority-introduction = Et brudd skal meldes innen 72 timer, med mindre det er lite trolig at det fører til en risiko for dem det gjelder (personvernforordningen artikkel 33 nr. 1). Avgjørelsen og begrunnelsen blir stående i saken.
authority-submit = Lagre avgjørelsen
authority-advice = Råd
authority-no-advice = Risikoen er ikke vurdert ennå.
authority-facts = Vurderingen bygger på
authority-standing = Avgjort før
authority-decision = Skal bruddet meldes?
    .missing = Velg om bruddet skal meldes.
authority-grounds = Hvorfor?
    .missing = Skriv grunnene til avgjørelsen.
authority-departure = Hvorfor avviker du fra rådet?
    .help = Fyll ut hvis du avviker fra rådet.

notification-title = Registrer meldingen til Datatilsynet
notification-introduction = Send først meldingen på nettsidene til Datatilsynet. Skriv her når den ble sendt. Da stopper klokka.
notification-submit = Registrer meldingen
notification-due = Fristen for å melde
notification-sent_at = Når ble den sendt?
    .missing = Skriv når meldingen ble sendt.
notification-reference = Referanse
    .help = Nummeret du fikk fra Datatilsynet eller Altinn.
    .missing = Skriv referansen du fikk.
notification-reasons_for_delay = Grunner til forsinkelsen
    .help = Må fylles ut hvis meldingen ble sendt etter fristen (personvernforordningen artikkel 33 nr. 1).
notification-late = må fylles ut: fristen er ute
notification-in-time = bare etter fristen

people-title = Avgjør om de det gjelder, skal varsles
people-introduction = Er risikoen for dem det gjelder høy, skal de få vite om bruddet så snart som mulig (personvernforordningen artikkel 34). Det er noen unntak.
people-submit = Lagre avgjørelsen
people-standing = Avgjort før
people-decision = Skal de varsles?
    .missing = Velg om de skal varsles.
people-grounds = Hvorfor?
    .missing = Skriv grunnene til avgjørelsen.

propose-measure-title = Foreslå et tiltak
propose-measure-introduction = Den som får ansvaret, får beskjed og kan skrive hva som er gjort. De ser bare tiltaket, ikke resten av saken.
propose-measure-submit = Foreslå tiltaket
propose-measure-kind = Hva slags tiltak er det?
    .missing = Velg hva slags tiltak det er.
propose-measure-description = Hva skal gjøres?
    .help = Skriv slik at den ansvarlige forstår det uten å kjenne saken.
    .missing = Skriv hva tiltaket går ut på.
propose-measure-owner = Hvem har ansvaret?
    .missing = Velg hvem som har ansvaret.
propose-measure-due_at = Når skal det være gjort?
    .missing = Skriv når det skal være gjort.

memo-title = Skriv saksframlegget
memo-introduction = Behandlingsansvarlig leser saksframlegget og lukker saken eller sender den tilbake. Alle seks delene må fylles ut. Noe er fylt ut på forhånd: se over det og rett det.
memo-submit = Send til behandlingsansvarlig
memo-follow_up = Skal følges opp
memo-orientation = { memo_part-orientation }
    .help = { memo_part-orientation.help }
memo-description = { memo_part-description }
    .help = { memo_part-description.help }
memo-rules = { memo_part-rules }
    .help = { memo_part-rules.help }
memo-discussion = { memo_part-discussion }
    .help = { memo_part-discussion.help }
memo-assessment = { memo_part-assessment }
    .help = { memo_part-assessment.help }
memo-conclusion = { memo_part-conclusion }
    .help = { memo_part-conclusion.help }
memo-draft-orientation = Saken gjelder et avvik i kategorien «{ $category }» ved { $unit }. Saksnummeret er { $number }.
memo-draft-occurred = Det skjedde { $at }.
memo-draft-occurred-between = Det skjedde mellom { $from } og { $until }.
memo-draft-occurred-since = Det har pågått siden { $from }.
memo-draft-discovered = Det ble oppdaget { $at }.
memo-draft-reported = Det ble meldt { $at }.
memo-draft-notified = Datatilsynet fikk melding { $at }.
memo-draft-advised = Råd: { $advised }.
memo-draft-measures = Tiltak:
memo-draft-measure = – { $kind }: { $description } ({ $progress })
memo-draft-measure-open = ikke gjennomført
memo-draft-measure-completed = gjennomført
memo-draft-measure-verified = gjennomført, og virker

return-title = Send saken tilbake
return-introduction = Personvernombudet får beskjed om det du vil ha fulgt opp, og sender et nytt saksframlegg.
return-submit = Send tilbake
return-follow_ups = Hva skal følges opp?
    .help = Ett punkt i hvert felt.
    .missing = Skriv minst ett punkt.
return-follow_ups_2 = Punkt 2
return-follow_ups_3 = Punkt 3
return-follow_ups_4 = Punkt 4
return-follow_ups_5 = Punkt 5

close-title = Lukk saken
close-introduction = Når du lukker saken, er den ferdig behandlet. Den blir stående i oversikten over brudd, og kan åpnes på nytt hvis det kommer fram noe mer.
close-submit = Lukk saken
close-conclusion = Konklusjonen i saksframlegget

not-a-deviation-title = Lukk: ikke et avvik
not-a-deviation-introduction = Bruk dette når det viser seg at det ikke har skjedd noe brudd. Saken og begrunnelsen blir stående, og melderen får vite at saken er lukket.
not-a-deviation-submit = Lukk saken
not-a-deviation-reported = Meldt
not-a-deviation-reason = Hvorfor er det ikke et avvik?
    .missing = Skriv hvorfor det ikke er et avvik.

reopen-title = Åpne saken på nytt
reopen-introduction = Saken blir tatt opp igjen med alt som står i den. Er ikke Datatilsynet meldt, går klokka videre fra det samme tidspunktet.
reopen-submit = Åpne saken
reopen-reason = Hvorfor åpnes den på nytt?
    .missing = Skriv hvorfor saken åpnes på nytt.
