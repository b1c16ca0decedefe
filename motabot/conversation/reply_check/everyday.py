"""Words that alone do not name a product, although a catalog may have them as names."""

TRADE = frozenset(
    """
    indica sativa hybrid hibrida hibrido flower flor bud weed cannabi marijuana hemp thc cbd cbn cbg thca
    thcv terpene terp vape vaporizer vaporizador cartridge cartucho cart pod pen battery bateria pre roll
    preroll prerolled joint blunt edible comestible gummy gomita chocolate cookie galleta candy caramelo
    drink bebida beverage tea capsule capsula tablet pill tincture tintura topical balm cream crema
    lotion oil aceite wax shatter crumble budder batter badder hash kief rosin resin resina live
    concentrate concentrado extract extracto distillate diamond sauce dab rso isolate mint bar brownie
    lozenge syrup spray patch bath salt eighth quarter half ounce onza oz gram gramo g mg ml lb pack
    paquete pk count ct bottle jar bag bolsa box can single small large mini infused infusion strain cepa
    brand marca product producto blend mix dose ratio full spectrum water bubble co2 ice premium organic
    natural pure disposable refillable accessory grinder paper tray pipe bong lighter seed clone plant
    sampler variety top shelf smalls shake trim in out door outdoor indoor
    """.split()
)
"""Words of the trade: they describe many products and name none."""

EVERYDAY = frozenset(
    """
    a about above after again air airy all also alone always alway am amber an and angel any anytime
    anyone anything appetite apple are area around art as ask at available away baby back bad balance
    banana base basic be beach bean bear beast beautiful beauty become bed been before began behind being
    believe berry best better big bird birthday bit bitter black blank blast blaze blend bless block blow
    blue body bold bomb book boost boss both bottom boy brain brand bread break breath breeze bright
    bring brown budget budtender build builder bull bunch burn business busy but butter buy by cactus
    cake call calm came can captain care careful carry cash catch center certain chance change charm
    cheap check cheer cheese cherry chill choice choose citru city class classic clean clear click close
    closed cloud club coast code coffee cold color come comfort common community company complete
    connection contact cool copper core corner cost could couple cover cracker crazy cream creative crown
    crystal cup custom customer daily dark date day dead deal dear december deep delicious deliver
    delivery delta detail diesel different dinner direct dirt discount do doctor does dog dollar done
    door dot double doubt down dream dried drive drop dry due dust each early earth earthy easy eat echo
    edge effect eight either elite else email empire end energy enjoy enough essential even evening event
    ever every everyday everyone everything exact excellent exotic experience express extra eye face fact
    fair fall family fan fantasy far farm fast father favorite fav feel few field fifty fill final find
    fine finish fire first fish fit five fix flash flavor flight floor flow fly focu focus focused follow
    food for forest forever form forward found four free freedom freeze french fresh friday friend
    friendly from front frost fruit fruity fuel fun funky future galaxy game garden gas gave gentle get
    ghost giant gift ginger girl give glad glass go goal god gold golden gone good got grab grand grape
    grass gravity gray great greece green greeting ground group grow guest guide gum guy had hand happen
    happy hard harmony has hat have haven he head health heart heaven heavy hello help helper her herb
    herbal here hero hey hi high higher highlight hill him his history hit hold holiday holy home honest
    honey hope hot hour house how huge humble hundred hungry hunter i idea ideal if image imagine in
    include incredible info insane instant into is island it item jack jam jet job joke joy juice juicy
    july jump june jungle just keep key kick kid kind king kiss kitchen knight know label lady lake land
    large last late later laugh lavender leaf lean learn least leave left legend lemon less let level
    liberty license lift light like lime limit line link liquid list listen little live local location
    long look lord lost lot love low loyalty luck lucky lunch made magic main make mama mango many map
    march market marshmallow master match matter may maybe me mean meet melon mellow member menu mercy
    message method middle midnight might mild milk million mind mint minute miss mix mode modern moment
    monday money month mood moon more morning most mother mountain move movie much mud muffin music must
    my name nature near need neighbor never new news next nice night nine no none noon normal north not
    note nothing november now number nut ocean october of off offer office often oh ok okay old olive on
    one only open opening option or orange orchid order original other our out over own pacific pain
    panda panther papa paradise park parking part party pass past patient pay payment peace peach peak
    pear pearl pepper perfect person phone pick pickup picture pie piece pine pineapple pink pizza place
    plain plan planet play please plenty plum plus point poison pop popular portal possible pot potent
    potion power present president press pretty pretzel price pride prime prince princess private prize
    problem professional profile profit program promise proof puff pulse punch puppy purchase purple push
    put queen question quick quiet quit rain rainbow raw reach read ready real really reason recent
    recommend red refresh regular relax relaxed relief remedy remember rent rest result return reward
    rich ride right ring rise river road rock rocket roll room root rose rough round royal ruby run rush
    sad safe sage said salad sale same sample sand saturday save say school score scout sea search season
    second secret see select self sell send senior serene serenity series serious serve service set seven
    shade shadow shape share sharp she shine ship shop short should show shower shy sick side sierra sign
    silver simple since sir sister sit site six size sky sleep sleepy slice slow small smart smell smile
    smoke smooth snack snow so social soda soft solid some something song soon soothe sorry soul sound
    soup sour south space spark special speed spice spicy spirit spot spring square staff stand star
    start state station stay steal step still stock stone stop store storm story straight strange
    strawberry stream street strength stress strong style sucker sugar suggest summer sun sunday sunny
    sunset sunshine super supply support supreme sure surf surprise sweet sweetness system table take
    talk tall tangy taste tasty tax team tell ten term test text than thank thanks that the their them
    then there these they thing think third this those thought three through thunder thursday ticket tier
    tiger till time tip tired to today together told tomorrow tonight too took top total touch tour town
    track trade trail train transformer travel treasure treat tree trip tropical true trust try tuesday
    turn tweak twelve twenty twice twist two type ultra under unique unit unity universe until up update
    uplift upper us use usual valley value vanilla vegan velvet version very vibe view vintage violet vip
    visit vital voice volcano wait wake walk wall want war warm was watch water wave way we wedding
    wednesday week weekend welcome well were west what when where which while white who whole why wide
    wild will win wind window wine winter wise wish with without wizard wolf wonder wonderful wood word
    work world worry worth would wow write wrong yard yeah year yellow yes yesterday yet yoga you young
    your youth zen zero zone aroma atomic alaska alchemy aloha aurora avalon basil bazooka bliss boom
    bounce brisk carefree citrus euphoria euphoric energetic uplifted happy giggly tingly talkative
    hungry aroused horny dizzy paranoid anxious headache january february april august september member
    loyalty casual hola gracia gracias buena bueno buenas buenos dia dias tarde noche si para por con sin
    que como cual cuando donde este esta esto ese esa eso el la los las un una uno dos tres cuatro cinco
    de del en es son hay muy mas menos tambien pero porque precio punto tienda hoy manana ayer abierto
    cerrado quiere tenemos tiene puede gusta eve african american bam bash blackberry blueberry raspberry
    breathe cap champ channel chief cough crack creep desire dub elephant fizz flurry frosty fudge
    garbage geniu hurricane impression italian jazz joker legal lifted medicine miracle monster nap
    outsider respect roger sex shit shock split taco trash truffle unknown virgin wifi yummy christma
    easter halloween thanksgiving california oakland broadway street avenue city county amor casa cielo
    sol luna fuego agua rojo verde azul negro blanco oro plata vida mundo rey reina suave fuerte dulce
    rico nuevo feliz relajado relajante bien mal algo nada todo todos aqui alla cerca
    """.split()
)
"""Common words of English and Spanish replies; alone they are read as words, never as a name."""

GLUE = frozenset(
    """
    a an the of to in on for and or with we you i it is are at by my your our this that la el los las de
    y con en un una good great happy thank new more all have has can will be now today free high open one
    two any right back day night time morning evening hour week weekend house fresh daily best sweet
    """.split()
)
"""Words that make a run of everyday words into a sentence rather than a name."""
