# Det som venter på behandlingsansvarlig.

decisions-undecided = Skal bruddet meldes til { -authority }?
decisions-undecided-help = Fristen på 72 timer løper, og ingen har avgjort om bruddet skal meldes. Åpne saken for å lese vurderingen og avgjøre.
decisions-undecided-none = Ingenting venter. Når fristen løper i en sak uten avgjørelse, står saken her.
decisions-memos = Skal saken lukkes?
decisions-memos-help = Personvernombudet har sendt saksframlegget. Åpne saken for å lese det, og lukk saken eller send den tilbake.
decisions-memos-none = Ingen saksframlegg venter. Når personvernombudet sender et, står saken her.
