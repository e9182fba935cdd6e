# Spørsmål til dem som skal hjelpe til i en sak: for den som er spurt, og bak en hemmelig lenke.

navigation-inquiries = Spørsmål til meg
inquiries-title = Spørsmål til meg
inquiries-introduction = Her er spørsmålene personvernombudet har stilt deg. Du ser spørsmålet og filene som er lagt ved det, og ikke noe annet fra saken.
inquiries-none = Ingen har spurt deg om noe.
inquiries-in-case = Spørsmål i sak { $number }
inquiries-open = Venter på svar
inquiries-overdue = Svaret skulle vært gitt
inquiries-answered = Besvart

inquiry-back = Til spørsmålene
inquiry-asked = Spørsmål
inquiry-shown = Filer til spørsmålet
inquiry-due = Svaret trengs innen
inquiry-answered = Svart
inquiry-answer = Ditt svar
    .help = Skriv det du vet. Du kan svare flere ganger, og tidligere svar blir stående.
    .missing = Skriv svaret.
inquiry-submit = Send svaret
inquiry-kept = Svaret er sendt.
inquiry-ended = Saken er avsluttet, og ingen venter på svaret. Vet du noe om det, kan du svare likevel: svaret blir tatt imot.
inquiry-not-heard = Saken er avsluttet, og nye bidrag tas ikke imot. Send teksten som svar på spørsmålet i stedet.
inquiry-heard = Bidrag til vurderingen
inquiry-heard-introduction = Som systemeier kan du gi et bidrag til vurderingen av saken. Et nytt bidrag kommer i tillegg til de tidligere.
inquiry-stated = Gitt
inquiry-statement = Ditt bidrag
    .missing = Skriv bidraget.
inquiry-statement-submit = Send bidraget
inquiry-statement-kept = Bidraget er sendt.

secret_link-title = Et spørsmål til dere
secret_link-introduction = Personvernombudet i { $organisation } trenger et svar fra dere. Lenken tar ett svar.
secret_link-answer = Svaret
    .help = Skriv ikke mer om enkeltpersoner enn det som trengs for å svare.
    .missing = Skriv svaret.
secret_link-answered = Takk. Svaret er sendt, og lenken virker ikke lenger.
secret_link-nowhere = Lenken virker ikke. Den kan være brukt eller for gammel. Ta kontakt med personvernombudet hos dem som sendte den.
