"""What the made sites of benchmarks/crawl.py print around their articles; all of it is made up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Template:
    """The phrases of a site in one language; texts of several lines are blocks, printed together."""

    host: str
    language: str
    menu: str
    consent: str
    share: str
    newsletter: str
    donate: str
    read_also: str
    related: str
    most_read: str
    authors: tuple[str, ...]
    comments: str
    footer: str
    headlines: tuple[str, ...]
    """Of articles that the crawl does not have."""
    standing: tuple[str, ...]
    """Headings that stand in every article: they are its body."""
    series: str
    """What stands above the articles of a series, in running text: body."""


TEMPLATES = (
    Template(
        host="kreisblatt-online.example",
        language="de",
        menu="Startseite\nLokales\nSport\nKultur\nWirtschaft\nReise und Genuss\nAnzeigenmarkt\n"
        "Trauer\nAbo & Service\nE-Paper\nSuche\nMenü schließen\nMein Konto",
        consent="Wir brauchen Ihre Zustimmung\nDamit diese Seiten schnell und sicher sind, legen wir"
        " und 84 Partner kleine Dateien auf Ihrem Gerät ab und lesen sie wieder aus.\nIn den"
        " Einstellungen am Fuß jeder Seite können Sie Ihre Wahl jederzeit ändern.\nAlles annehmen\n"
        "Nur das Nötigste",
        share="Merken\nTeilen\nDrucken\nSchriftgröße",
        newsletter="Der Morgenbrief\nWas heute im Kreis wichtig wird, schreibt Ihnen die Redaktion"
        " jeden Werktag um sechs, kostenlos und in fünf Minuten gelesen.\nMailadresse\nJetzt bestellen\n"
        "Abbestellen geht mit einem Klick, Näheres steht in unserer Erklärung zum Datenschutz.",
        donate="Gute Recherche kostet Zeit. Mit vier Euro im Monat helfen Sie, dass auch morgen jemand"
        " im Gemeinderat sitzt und mitschreibt.\nIch bin dabei",
        read_also="Lesen Sie dazu: ",
        related="Das könnte Sie auch interessieren",
        most_read="Meistgelesen",
        authors=(
            "Über die Autorin\nHanna Brückmoser schreibt seit 2011 über Verkehr und Gemeinden. Sie lebt"
            " mit zwei Katzen in einem alten Bahnwärterhaus.",
            "Über den Autor\nJost Ellerkamp leitet das Ressort Kultur und sammelt Schallplatten, die"
            " sonst niemand haben will.",
            "Über die Autorin\nMira Tannhof hat in Leipzig Geschichte studiert und volontierte bei"
            " dieser Zeitung.",
        ),
        comments="Diskutieren Sie mit\nDie Kommentarfunktion ist von acht bis zwanzig Uhr geöffnet."
        " Beiträge mit Beleidigungen, Werbung oder Verweisen auf fremde Seiten schalten wir nicht frei.\n"
        "Anmelden und kommentieren",
        footer="Kreisblatt Verlag\nSeit 1887 berichten wir aus Stadt und Land. Unsere Zeitung gehört"
        " keinem Konzern, sondern 312 Leserinnen und Lesern, die Anteile halten.\nImpressum\n"
        "Datenschutz\nAGB\nMediadaten\nKarriere\n© 2024 Kreisblatt Verlag, alle Rechte vorbehalten",
        headlines=(
            "Brücke am Mühlgraben bleibt bis Ostern gesperrt",
            "Warum der Wochenmarkt umziehen muss",
            "Vier Tore in zwölf Minuten: So lief das Derby",
            "Neue Schulleiterin stellt sich vor",
            "Streit um Windräder geht in die nächste Runde",
            "Freibad öffnet später als geplant",
            "Einbrecher stehlen nur Marmelade",
            "Was Eltern jetzt zum Hortplatz wissen müssen",
            "Kirchturm bekommt nach 90 Jahren neue Uhr",
            "Landrat kündigt zweite Amtszeit an",
        ),
        standing=("Darum geht es", "Hintergrund", "So geht es weiter"),
        series="Dieser Text gehört zu unserer Reihe über Menschen, die geblieben sind. Jede Woche"
        " besuchen wir ein anderes Dorf und hören zu.",
    ),
    Template(
        host="harbourpost.example",
        language="en",
        menu="Home\nNews\nPolitics\nBusiness\nOpinion\nSport\nCulture\nTravel\nPuzzles\nJobs\n"
        "Subscribe\nSign in\nSearch\nClose menu",
        consent="Before you go on\nWe and 212 partners keep and read small files on your device, so that"
        " pages load quickly and we learn which of them you like.\nYou can change your mind at any time"
        " at the foot of every page.\nAccept all\nMore choices",
        share="Share\nSave for later\nPrint\nGift this article",
        newsletter="The Harbour Briefing\nOur editors pick five stories that matter and send them to you"
        " before breakfast, every weekday, without a charge.\nYour email\nSign me up\nWe keep your"
        " address to ourselves and you can leave the list whenever you like.",
        donate="The Harbour Post has no owner but its readers. If you can spare the price of a coffee a"
        " month, our reporters can stay on the stories that others have left.\nSupport us",
        read_also="Read more: ",
        related="More on this",
        most_read="Most viewed",
        authors=(
            "About the author\nOrla Penhaligon covers ports, ferries and the people on them. She used to"
            " teach physics and still marks our sums.",
            "About the author\nDesmond Achterberg is our culture editor and the author of two novels"
            " about lighthouses.",
            "About the author\nPriya Wainscott joined the paper in 2016 as a trainee and writes about"
            " money.",
        ),
        comments="Join the conversation\nComments are open for three days and read by people, not"
        " machines. Please stay on the subject and be kind to those who disagree with you.\n"
        "Log in to comment",
        footer="Harbour Post Media\nThe Harbour Post has told the story of this coast since 1902 and is"
        " printed on paper from managed forests six days a week.\nAbout us\nContact\nTerms of use\n"
        "Privacy\nAdvertise\n© 2024 Harbour Post Media Ltd",
        headlines=(
            "Council backs down over parking plan",
            "The bakery that outlived three recessions",
            "Late penalty sends Rovers out of the cup",
            "Why your water bill is about to rise",
            "Five walks for a rainy weekend",
            "Nurses vote on new pay offer",
            "Old cinema finds an unlikely buyer",
            "Ferry timetable: what changes in May",
            "Museum returns stolen bells after a century",
            "Chancellor hints at help for small shops",
        ),
        standing=("The background", "Key points", "What happens next"),
        series="This piece belongs to our series on people who stayed. Every week we visit another"
        " village on the coast and listen.",
    ),
    Template(
        host="diariodelvalle.example",
        language="es",
        menu="Portada\nActualidad\nEconomía\nDeportes\nCultura\nOpinión\nSociedad\nHemeroteca\n"
        "Suscríbete\nIniciar sesión\nBuscar",
        consent="Tu privacidad nos importa\nNosotros y nuestros 97 socios guardamos pequeños archivos en"
        " tu dispositivo para que la página vaya más rápida y sepamos qué te gusta.\nAceptar todo\n"
        "Configurar",
        share="Compartir\nGuardar\nImprimir",
        newsletter="El boletín del valle\nCada mañana la redacción elige cinco noticias y te las manda al"
        " correo, gratis y sin publicidad.\nTu correo\nMe apunto",
        donate="Este periódico vive de sus lectores. Con tres euros al mes ayudas a que sigamos contando"
        " lo que pasa en los pueblos que nadie visita.\nHazte socio",
        read_also="Lea también: ",
        related="Noticias relacionadas",
        most_read="Lo más leído",
        authors=(
            "Sobre la autora\nLucía Barrenechea escribe sobre ríos y agricultura. Vive en una casa sin"
            " ascensor con muchas plantas.",
            "Sobre el autor\nFermín Oldrán fue maestro rural antes de entrar en este periódico.",
        ),
        comments="Participa en la conversación\nLos comentarios se abren a las ocho y los lee una persona"
        " del equipo antes de publicarlos.\nEntra para comentar",
        footer="Diario del Valle\nDesde 1931 contamos la vida de la comarca, con imprenta propia y sin"
        " deudas con nadie.\nQuiénes somos\nAviso legal\nPrivacidad\nPublicidad\n"
        "© 2024 Diario del Valle",
        headlines=(
            "El puente nuevo se abrirá antes de Navidad",
            "Los regantes piden más agua para junio",
            "Un gol en el último minuto salva al Atlético Valle",
            "La feria vuelve a la plaza mayor",
            "El hospital comarcal estrena urgencias",
            "Detenidos dos vecinos por robar aceitunas",
            "Así será la nueva estación de autobuses",
        ),
        standing=("Las claves", "El contexto", "Qué pasa ahora"),
        series="Este texto forma parte de nuestra serie sobre la gente que se quedó. Cada semana"
        " visitamos otro pueblo.",
    ),
    Template(
        host="gazettedesmonts.example",
        language="fr",
        menu="Accueil\nActualités\nPolitique\nÉconomie\nSports\nCulture\nDébats\nS'abonner\n"
        "Se connecter\nRechercher",
        consent="Vos choix comptent\nNous et nos 61 partenaires déposons de petits fichiers sur votre"
        " appareil afin que les pages s'affichent plus vite et nous ressemblent moins.\nTout accepter\n"
        "Personnaliser",
        share="Partager\nImprimer\nOffrir cet article",
        newsletter="La lettre du matin\nChaque jour à six heures, la rédaction vous envoie l'essentiel de"
        " la vallée, gratuitement et sans détour.\nVotre adresse\nJe m'inscris",
        donate="Ce journal n'a pas d'actionnaires. Pour le prix d'un café par mois, vous aidez nos"
        " journalistes à rester sur le terrain.\nJe soutiens",
        read_also="À lire aussi : ",
        related="Sur le même sujet",
        most_read="Les plus lus",
        authors=(
            "À propos de l'auteure\nMaëlle Fontargent suit la montagne et les transports. Elle a été"
            " bergère pendant trois étés.",
            "À propos de l'auteur\nAurélien Tasserolle dirige les pages culture et collectionne les"
            " horloges.",
        ),
        comments="Réagissez à cet article\nLes commentaires sont ouverts deux jours et relus par une"
        " personne de la rédaction avant d'être publiés.\nSe connecter pour réagir",
        footer="La Gazette des Monts\nDepuis 1919, notre journal raconte la vallée à ceux qui y vivent et"
        " à ceux qui l'ont quittée.\nMentions légales\nConfidentialité\nPublicité\nNous écrire\n"
        "© 2024 La Gazette des Monts",
        headlines=(
            "Le col rouvrira plus tôt cette année",
            "Une boulangère élue maire du village",
            "Pourquoi le prix de l'eau va doubler",
            "Le téléphérique fête ses soixante ans",
            "Deux buts et une expulsion au stade municipal",
            "La bibliothèque cherche des bénévoles",
            "Un loup filmé près de la gare",
        ),
        standing=("L'essentiel", "Le contexte", "Et maintenant"),
        series="Cet article fait partie de notre série sur ceux qui sont restés. Chaque semaine, nous"
        " visitons un autre village.",
    ),
)
