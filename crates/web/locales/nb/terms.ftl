# Ordene for det som tjenesten selv skiller mellom. Nøkkelen er familiens navn og verdiens navn.

phase-reported = Meldt
phase-received = Tatt imot
phase-under_assessment = Under vurdering
phase-decided = Avgjort
phase-measures_ongoing = Tiltak pågår
phase-awaiting_closure = Venter på lukking
phase-closed = Lukket
phase-closed_as_not_a_deviation = Lukket, ikke et avvik
phase-reopened = Åpnet på nytt
phase-erased = Slettet
phase-merged = Slått sammen med en annen sak

# Det melderen får vite om saken, uten noe fortrolig.
phase_for_reporter-reported = Meldingen er kommet fram. Personvernombudet har ikke begynt på den ennå.
phase_for_reporter-received = Personvernombudet har tatt imot meldingen.
phase_for_reporter-under_assessment = Personvernombudet vurderer saken.
phase_for_reporter-decided = Saken er vurdert, og det er avgjort hva som skal skje.
phase_for_reporter-measures_ongoing = Saken er vurdert, og vi arbeider med tiltak.
phase_for_reporter-awaiting_closure = Arbeidet er gjort. Ledelsen ser over saken før den lukkes.
phase_for_reporter-closed = Saken er lukket. Takk for at du meldte fra.
phase_for_reporter-closed_as_not_a_deviation = Saken er lukket. Den viste seg ikke å være et avvik. Det var likevel riktig å melde fra.
phase_for_reporter-reopened = Saken er tatt opp igjen.
phase_for_reporter-merged = Saken behandles sammen med en annen melding om det samme.
phase_for_reporter-erased = Saken er slettet. Det du skrev, kan ikke lenger leses av noen.

# Det melderen får vite, på siden for oppfølging og på e-post.
how_far-registered = Meldingen er lagret, og personvernombudet har fått beskjed.
how_far-received = Personvernombudet har tatt imot meldingen og behandler den.
how_far-decided = Det er tatt en avgjørelse i saken.
how_far-closed = Saken er lukket. Du kan fortsatt legge til noe.
how_far-merged = Saken behandles sammen med en annen melding om det samme.
how_far-reopened = Saken er tatt opp igjen.

outcome-document_only = Bare dokumentere bruddet
    .help = Det er lite trolig at bruddet fører til en risiko for dem det gjelder.
outcome-notify_authority = Melde til { -authority }
    .help = Det kan føre til en risiko for dem det gjelder, men risikoen er ikke høy.
outcome-notify_authority_and_people = Melde til { -authority } og varsle dem det gjelder
    .help = Risikoen er høy: de må få vite det, så de kan ta vare på seg selv.

authority_decision-notify = Bruddet meldes til { -authority }
    .help = Klokka går til meldingen er sendt.
authority_decision-do_not_notify = Bruddet meldes ikke til { -authority }
    .help = Det er lite trolig at bruddet fører til en risiko. Da stopper klokka.

people_decision-notify = De det gjelder, varsles
    .help = Hver av dem får vite hva som har skjedd, hva det kan føre til, og hva de selv kan gjøre.
people_decision-no_high_risk = De varsles ikke: risikoen er ikke høy
    .help = Plikten gjelder bare når risikoen er høy (artikkel 34 nr. 1).
people_decision-protected_by_measures = De varsles ikke: opplysningene var beskyttet, for eksempel kryptert
    .help = Ingen som fikk tak i dem, kan lese dem (artikkel 34 nr. 3 bokstav a).
people_decision-risk_removed = De varsles ikke: den høye risikoen er fjernet i ettertid
    .help = Noe vi har gjort siden, gjør at den høye risikoen ikke lenger er der (artikkel 34 nr. 3 bokstav b).
people_decision-public_communication = De varsles gjennom en offentlig kunngjøring
    .help = Å varsle hver enkelt ville kreve urimelig mye, så det kunngjøres i stedet for alle (artikkel 34 nr. 3 bokstav c).

referral_kind-police_report = Politianmeldelse
    .help = Bare at det er anmeldt, når og under hvilket nummer. Innholdet er politiets.
referral_kind-personnel_matter = Personalsak
    .help = Detaljene vises bare for dem som trenger dem.

direction-incoming = Fra tilsynsmyndigheten
direction-outgoing = Til tilsynsmyndigheten

effect_later-works = Det virker
effect_later-partly = Det virker delvis
effect_later-not = Det virker ikke
    .help = Da bør du foreslå et nytt tiltak.

telling_way-letter = Brev
telling_way-digital_post = Digital post
telling_way-conversation = Samtale med hver enkelt
telling_way-public_notice = Offentlig kunngjøring

capacity-controller = Som behandlingsansvarlig
capacity-delegation = Av personvernombudet, etter fullmakt

erasure_ground-retention_reached = Lagret lenge nok
erasure_ground-ordered = Pålagt av behandlingsansvarlig

part_in_case-reporter = Melderen
part_in_case-involved = Ført opp som involvert

measure_kind-immediate = Strakstiltak
    .help = Stanser eller begrenser skaden. Saken kan ikke lukkes før virkningen er bekreftet.
measure_kind-corrective = Korrigerende tiltak
    .help = Fjerner årsaken.
measure_kind-preventive = Forebyggende tiltak
    .help = Hindrer at det skjer igjen.

memo_part-orientation = 1. Orientering
    .help = Hva saken gjelder.
memo_part-description = 2. Beskrivelse
    .help = Hva som skjedde, når det ble oppdaget, når det skjedde, hvem som var involvert, og annet som betyr noe.
memo_part-rules = 3. Regler og retningslinjer
    .help = Reglene saken måles mot.
memo_part-discussion = 4. Drøfting
    .help = Hva som taler for og imot.
memo_part-assessment = 5. Vurdering
    .help = Vurdering av avviket, tiltakene, og hvor godt tiltakene virker.
memo_part-conclusion = 6. Konklusjon
    .help = Konklusjonen, med det som skal følges opp.

outstanding-receive = Ta imot saken
outstanding-assess = Vurder risikoen
outstanding-decide_on_authority = Avgjør om bruddet skal meldes til { -authority }
outstanding-notify_authority = Meld bruddet til { -authority }
outstanding-decide_on_people = Avgjør om de det gjelder, skal varsles
outstanding-tell_people = Varsle dem det gjelder
outstanding-fulfil_duties = Gjør pliktene som fortsatt har en frist som løper
outstanding-complete_measure = Gjennomfør strakstiltaket
outstanding-verify_measure = Bekreft at strakstiltaket virker
outstanding-submit_memo = Send saksframlegget til behandlingsansvarlig

channel-web_form = Meldeskjema
channel-phone = Telefon
channel-oral = Muntlig
channel-text_message = Tekstmelding
channel-email = E-post
channel-own_initiative = Personvernombudets eget tiltak
channel-processor = Databehandler
channel-data_subject = En av dem det gjelder

openness-named = Med navn
    .help = Personvernombudet ser hvem du er, og kan ta kontakt med deg.
openness-confidential = Fortrolig
    .help = Bare personvernombudet får vite hvem du er.
openness-anonymous = Anonymt
    .help = Ingen får vite hvem du er. Vi lagrer ikke noe som kan vise det.

personal_data-yes = Ja
personal_data-no = Nei
personal_data-unsure = Vet ikke

breach_kind-confidentiality = Opplysninger er på avveie
    .help = Noen som ikke skulle se dem, har sett dem eller kan ha sett dem.
breach_kind-integrity = Opplysninger er endret eller feil
    .help = De er endret ved en feil, blandet sammen eller utdaterte.
breach_kind-availability = Opplysninger er borte eller utilgjengelige
    .help = De er slettet, mistet eller kan ikke brukes når vi trenger dem.

people_estimate-unknown = Vet ikke
people_estimate-one = Én person
people_estimate-up_to_ten = 2–10
people_estimate-up_to_hundred = 11–100
people_estimate-up_to_thousand = 101–1000
people_estimate-over_thousand = Flere enn 1000

sensitive-health = Helse, sykdom eller behandling
sensitive-special_categories = Tro, etnisk opprinnelse, politikk, fagforening eller seksualliv
sensitive-social_services = Barnevern eller sosiale tjenester
sensitive-offences = Straffbare forhold eller dommer
sensitive-identity_number = Fødselsnummer
sensitive-protected_address = Hemmelig adresse eller skjult identitet
sensitive-children = Barn
sensitive-vulnerable_people = Voksne som er sårbare eller avhengige av hjelp fra oss

notice_kind-initial = Ny melding
notice_kind-supplement = Tillegg
notice_kind-withdrawal = Tilbaketrekking

notice_channel-portal = Nettstedet til { -authority }
notice_channel-email = E-post
notice_channel-letter = Brev
notice_channel-secure_network = Nett for gradert informasjon
notice_channel-other = En annen måte

completeness-complete = Fullstendig
completeness-incomplete = Ikke fullstendig, mer kommer

role-employee = Medarbeider
role-leader = Leder
role-dpo = Personvernombud
role-security_officer = Informasjonssikkerhetssjef
role-system_owner = Systemeier
role-controller = Behandlingsansvarlig
role-archivist = Arkivar
role-auditor = Revisor
role-administrator = Systemadministrator

yes_no_unknown-yes = Ja
yes_no_unknown-no = Nei
yes_no_unknown-unknown = Vet ikke
